namespace WsAot;

/// <summary>The options of a mapped path.</summary>
public sealed class WsHttpOptions
{
    /// <summary>
    /// The largest body of a request in bytes: 0 to 1 GiB. A larger one is refused with 413, before it is sent if the client has declared
    /// its length. A body is held in memory as it comes. Default: 65,536.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxBodyBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 30);
            field = value;
        }
    }
    = 64 * 1024;

    /// <summary>
    /// Whether pages of any origin may send requests with methods other than GET and HEAD. Default: false. Then a request whose Origin
    /// header is not allowed (<see cref="WsServerOptions.AllowedOrigins"/>) is refused with 403, as an upgrade is: browsers send the
    /// server's cookies with requests of foreign pages. Requests without Origin, such as those of other servers, are always accepted.
    /// </summary>
    public bool AllowAnyOrigin { get; init; }
}
