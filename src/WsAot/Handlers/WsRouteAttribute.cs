namespace WsAot;

/// <summary>
/// Marks a class as the handler of the connections opened at a path. One object of the class is made for each connection;
/// its fields are the connection's state, and everything in it runs on the connection's event loop.
/// </summary>
/// <remarks>
/// A template is made of segments: <c>literal</c>, <c>{parameter}</c> (one segment that is not empty) and, at the end,
/// <c>{*rest}</c> (all that follows, or nothing). Where several templates match a path, the one whose first differing segment
/// is more literal wins. Segments are compared case-sensitively after percent-decoding (RFC 3986 section 2.1).
/// Options left at 0 take the server's value.
/// </remarks>
/// <param name="template">The path template, beginning with <c>/</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WsRouteAttribute(string template) : Attribute
{
    /// <summary>The path template.</summary>
    public string Template { get; } = template;

    /// <summary>Subprotocols spoken here, most preferred first; the first one that the client offers too is taken (RFC 6455 section 4.2.2).</summary>
    public string[] Subprotocols { get; set; } = [];

    /// <summary>Largest message accepted, in bytes; a larger one closes the connection with 1009. 1 to 1,073,741,824; 0: the server's value.</summary>
    public int MaxMessageBytes { get; set; }

    /// <summary>Most frames that one message may come in, empty ones included; more close the connection with 1008. 0: the server's value.</summary>
    public int MaxFragments { get; set; }

    /// <summary>
    /// Output in bytes that may wait for a slow peer. While that much waits, the connection is not read, and publishing to it
    /// follows <see cref="SlowConsumer"/>. 0: the server's value.
    /// </summary>
    public int MaxPendingOutputBytes { get; set; }

    /// <summary>How messages are compressed, where the client offers it.</summary>
    public WsCompression Compression { get; set; }

    /// <summary>What publishing does to a subscriber whose output limit is reached.</summary>
    public SlowConsumerPolicy SlowConsumer { get; set; }

    /// <summary>
    /// The application's <c>JsonSerializerContext</c>, with which the parameters and results of <see cref="JsonRpcMethodAttribute"/> methods are
    /// read and written. Its generated metadata is used, so nothing is found by reflection.
    /// </summary>
    public Type? Json { get; set; }

    /// <summary>
    /// Asynchronous JSON-RPC calls of one connection that may run at once; further ones are answered with -32000. Those that are done when
    /// they return do not count. 0: 32.
    /// </summary>
    public int MaxRequestsInFlight { get; set; }

    /// <summary>Most calls in one JSON-RPC batch; a longer one is answered with -32600. 0: 100.</summary>
    public int MaxBatchLength { get; set; }
}
