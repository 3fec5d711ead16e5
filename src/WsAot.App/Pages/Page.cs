namespace WsAot.App.Pages;

/// <summary>The pages that are linked into the executable, so that no file has to lie beside it.</summary>
internal static class Page
{
    /// <summary>The bytes of a page.</summary>
    /// <param name="name">The logical name that the project file gives it.</param>
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The project file embeds no page of this name.", name);
        byte[] body = new byte[stream.Length];
        stream.ReadExactly(body);
        return body;
    }
}
