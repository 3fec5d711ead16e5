namespace WsAot;

/// <summary>The options of a mapped path.</summary>
public sealed class WsHttpOptions
{
    /// <summary>
    /// The largest body of a request in bytes: 0 to 1 GiB. A larger one is refused with 413, before it is sent if the client has declared
    /// its length. The body is kept in memory as it arrives. Default: 65,536.
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
    /// Whether pages of any origin may send requests with methods other than GET and HEAD. Default: false. A request whose Origin header is
    /// not allowed (<see cref="WsServerOptions.AllowedOrigins"/>) is then refused with 403, like an upgrade, because browsers send the
    /// server's cookies even with requests from other sites' pages. Requests without Origin, such as those of other servers, are always
    /// accepted.
    /// </summary>
    public bool AllowAnyOrigin { get; init; }
}
