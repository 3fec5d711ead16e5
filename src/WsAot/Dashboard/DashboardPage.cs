using System.Reflection;

namespace WsAot.Dashboard;

/// <summary>The embedded files of the page. They contain no data of the server: the page gets its data from the API.</summary>
internal static class DashboardPage
{
    private const string Prefix = "dashboard/";

    // Scripts only from this server, and no frames: foreign code in or around the page would have the rights of its viewer.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string ContentType)[] s_files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
        ("/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"),
        ("/client.js", "client.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>Serves the page.</summary>
    public static void AddTo(WsServerBuilder builder)
    {
        foreach ((string path, string file, string contentType) in s_files)
        {
            // Always gzip, so that the native file holds each page once. All browsers accept it. A client that refuses gzip should get the
            // page uncompressed (RFC 9110 section 12.5.3); here it does not.
            WsResponse response = WsResponse.Bytes(Read(file), contentType)
                .WithHeader("Content-Encoding", "gzip")
                .WithHeader("Content-Security-Policy", ContentSecurityPolicy)
                .WithHeader("Referrer-Policy", "no-referrer");
            builder.MapGet(path, _ => response);
        }
    }

    private static byte[] Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
