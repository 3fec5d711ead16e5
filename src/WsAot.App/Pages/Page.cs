namespace WsAot.App.Pages;

/// <summary>The pages. They are embedded, so that the executable needs no files beside it.</summary>
internal static class Page
{
    /// <summary>Whether a page is embedded.</summary>
    /// <param name="name">The page's logical name in the project file.</param>
    public static bool Exists(string name) => typeof(Page).Assembly.GetManifestResourceInfo(name) is not null;

    /// <summary>Reads a page.</summary>
    /// <param name="name">The page's logical name in the project file.</param>
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The page is not embedded: add it to the project file with this LogicalName.", name);
        byte[] body = new byte[stream.Length];
        stream.ReadExactly(body);
        return body;
    }
}
