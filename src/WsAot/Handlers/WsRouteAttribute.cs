namespace WsAot;

/// <summary>
/// Marks a class as the handler for connections to a path. Each connection gets its own object: its fields are the connection's state, and
/// all its code runs on the connection's event loop.
/// </summary>
/// <remarks>
/// A template consists of segments: <c>literal</c>, <c>{parameter}</c> (one segment that is not empty) and, at the end, <c>{*rest}</c>
/// (everything that follows, or nothing). If several templates match a path, the one with the more literal segment at the first difference
/// wins. Segments are compared case-sensitively after percent-decoding (RFC 3986 section 2.1). Leave an option at 0 to use the server's
/// value. If a class has the attribute several times, each is a route of its own with its own options, and every parameter of the class
/// must be bound for each of them.
/// </remarks>
/// <param name="template">The path template, starting with <c>/</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WsRouteAttribute(string template) : Attribute
{
    /// <summary>The path template.</summary>
    public string Template { get; } = template;

    /// <summary>
    /// The subprotocols that you support, most preferred first. The first one that the client offers too is selected (RFC 6455 section
    /// 4.2.2).
    /// </summary>
    public string[] Subprotocols { get; set; } = [];

    /// <summary>
    /// The largest message accepted, in bytes: 1 to 1,073,741,824. A larger one closes the connection with 1009. 0: the server's value.
    /// </summary>
    public int MaxMessageBytes { get; set; }

    /// <summary>
    /// The largest number of frames in one message, empty ones included. More close the connection with 1008. 0: the server's value; if
    /// that is 0 too, one for each KiB of the route's message limit, but at least 1,024.
    /// </summary>
    public int MaxFragments { get; set; }

    /// <summary>
    /// The output limit in bytes. If a slow client has that much pending output, WsAot stops reading from it until half of it has been sent
    /// (back-pressure), and publishing to it follows <see cref="SlowConsumer"/>. 0: the server's value.
    /// </summary>
    public int MaxPendingOutputBytes { get; set; }

    /// <summary>How messages are compressed if the client offers permessage-deflate.</summary>
    public WsCompression Compression { get; set; }

    /// <summary>What happens to a published message if the subscriber's output limit is reached.</summary>
    public SlowConsumerPolicy SlowConsumer { get; set; }

    /// <summary>
    /// The messages that one connection may send in a second. Pings, pongs and the calls of a JSON-RPC batch count. 0: the server's value;
    /// 2,147,483,647: no limit.
    /// </summary>
    public int MaxMessagesPerSecond { get; set; }

    /// <summary>
    /// The messages that a client may send at once after a silence. 0: one second's worth if the route has a rate of its own, else the
    /// server's value.
    /// </summary>
    public int MaxMessageBurst { get; set; }

    /// <summary>
    /// The bytes that one connection may send in a second: the payloads of its messages, decompressed. 0: the server's value;
    /// 2,147,483,647: no limit.
    /// </summary>
    public int MaxBytesPerSecond { get; set; }

    /// <summary>
    /// The bytes that a client may send at once after a silence. 0: one second's worth if the route has a rate of its own, else the
    /// server's value.
    /// </summary>
    public int MaxByteBurst { get; set; }

    /// <summary>What happens to a client that exceeds these rates.</summary>
    public RateLimitPolicy RateLimitPolicy { get; set; }

    /// <summary>
    /// The longest life of a connection, in milliseconds. It is closed with 1012 in the last tenth of this time. 0: the server's value;
    /// 2,147,483,647 (24 days) is practically no limit.
    /// </summary>
    public int MaxConnectionLifetimeMs { get; set; }

    /// <summary>
    /// Your <c>JsonSerializerContext</c>. It reads the parameters and writes the results of <see cref="JsonRpcMethodAttribute"/> methods.
    /// Its generated metadata is used, so there is no reflection.
    /// </summary>
    public Type? Json { get; set; }

    /// <summary>
    /// The largest number of asynchronous JSON-RPC calls that one connection may run at once; further calls are answered with -32000. Calls
    /// that complete before they return do not count. 0: 32.
    /// </summary>
    public int MaxRequestsInFlight { get; set; }

    /// <summary>The largest number of calls in one JSON-RPC batch; a longer batch is answered with -32600. 0: 100.</summary>
    public int MaxBatchLength { get; set; }

    /// <summary>The <see cref="WsTopicAttribute"/> interfaces whose topics clients of this route can subscribe to.</summary>
    public Type[] Topics { get; set; } = [];

    /// <summary>The largest number of these topics that one connection may subscribe to at once. 0: 128.</summary>
    public int MaxTopics { get; set; }

    /// <summary>
    /// How often one connection may subscribe to these topics in a second. After a silence, it may subscribe 128 times more at once. 0: 32;
    /// 2,147,483,647: no limit.
    /// </summary>
    public int MaxSubscribesPerSecond { get; set; }
}
