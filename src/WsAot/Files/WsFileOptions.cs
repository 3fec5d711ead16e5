namespace WsAot;

/// <summary>Options for serving files.</summary>
public sealed class WsFileOptions
{
    /// <summary>
    /// The Cache-Control header of the files. Default: <c>no-cache</c>, so that a browser asks each time, and gets 304 if nothing has
    /// changed. For a folder whose file names change with their content: <c>public, max-age=31536000, immutable</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The value cannot be sent in HTTP.</exception>
    public string CacheControl
    {
        get;
        init => field = ResponseHeaders.Checked([new("Cache-Control", value)])[0].Value;
    }
    = "no-cache";

    /// <summary>
    /// Whether a request for a file that does not exist gets the <c>index.html</c> at the top, if the last part of its path has no dot. Use
    /// it for an application that routes in the browser. Default: false, the answer is 404.
    /// </summary>
    public bool FallBackToIndex { get; init; }
}
