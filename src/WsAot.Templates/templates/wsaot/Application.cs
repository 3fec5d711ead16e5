using TemplateNamespace.Chatting;
//#if (rpc)
using TemplateNamespace.Counting;
//#endif
using WsAot;

namespace TemplateNamespace;

/// <summary>Adds this application's parts to the server. The tests configure their server with the same function.</summary>
internal static class Application
{
    public static void Configure(WsServerBuilder builder)
    {
        builder.AddPage("/", "text/html; charset=utf-8", ReadPage());
        builder.Services.Add(new ChatSettings(builder.Configuration["chat:welcome"] ?? "Welcome."));
        //#if (rpc)
        builder.Services.Add(new SharedCounter());
        //#endif
    }

    // The page is embedded, so that the executable needs no files beside it.
    private static byte[] ReadPage()
    {
        using Stream stream = typeof(Application).Assembly.GetManifestResourceStream("index.html")!;
        byte[] page = new byte[stream.Length];
        stream.ReadExactly(page);
        return page;
    }
}
