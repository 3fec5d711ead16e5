using WsAot.Transport;

namespace WsAot;

/// <summary>
/// The options of a server. You can also set every option on the command line (<c>--max-message-bytes 1048576</c>), in the environment
/// (<c>WSAOT_MAXMESSAGEBYTES</c>) and in the file <c>wsaot.json</c>.
/// </summary>
public sealed class WsServerOptions
{
    /// <summary>
    /// The addresses to listen on, separated by <c>;</c>: <c>ws://</c>, then an IP address, <c>localhost</c> or <c>*</c> (all addresses),
    /// and a port (0 for any free one). Default: <c>ws://127.0.0.1:8080</c>.
    /// </summary>
    public string Urls { get; set; } = "ws://127.0.0.1:8080";

    /// <summary>The transport: <c>auto</c>, <c>epoll</c> (Linux) or <c>sockets</c>. Default: auto.</summary>
    public TransportKind Transport { get; set; } = TransportKind.Auto;

    /// <summary>
    /// The number of event loops, each with its own thread: 1 to 1,024. 0, the default: the number of processors that the process may use.
    /// </summary>
    public int Loops { get; set; }

    /// <summary>
    /// The largest number of connections at a time; further ones are refused with 503. 0, the default: 100,000, or the descriptor limit
    /// less 64 if that is lower.
    /// </summary>
    public int MaxConnections { get; set; }

    /// <summary>The largest request head in bytes: 256 to 1,048,576. A larger one is refused with 431. Default: 8,192.</summary>
    public int MaxHeadBytes { get; set; } = 8 * 1024;

    /// <summary>The largest number of header fields in a request: 1 to 10,000. More are refused with 431. Default: 100.</summary>
    public int MaxHeaderCount { get; set; } = 100;

    /// <summary>
    /// The origins that may connect besides the server's own, such as <c>https://app.example.com</c>, separated by <c>;</c>. <c>*</c>: any.
    /// A request from another origin is refused with 403; one without an Origin header, which no browser sends, is allowed. Default: none.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>
    /// How long the opening handshake may take, in milliseconds: 1 to 86,400,000. Then it is refused with 408. Default: 10,000.
    /// </summary>
    public int HandshakeTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// The largest message in bytes: 1 to 1,073,741,824. A larger one closes the connection with 1009. Default: 65,536. You can set it per
    /// route.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// The largest number of frames in a message, empty ones included: 1 or more. More close the connection with 1008. Default: 1,024. You
    /// can set it per route.
    /// </summary>
    public int MaxFragments { get; set; } = 1024;

    /// <summary>
    /// The input limit: bytes of messages that may wait for an asynchronous handler, 1 to 536,870,912. At the limit, WsAot stops reading
    /// from the connection until half of them have been handled (back-pressure). Default: 1,048,576.
    /// </summary>
    public int MaxPendingInputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The output limit: bytes of output that may wait for a slow client, 1 to 536,870,912. At the limit, sending is refused, publishing to
    /// the connection follows <see cref="SlowConsumer"/>, and WsAot stops reading from it until half of the output has been sent
    /// (back-pressure). Default: 1,048,576. You can set it per route.
    /// </summary>
    public int MaxPendingOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// What happens to a published message if the subscriber's output limit is reached: <c>drop</c> or <c>close</c>. Default: drop. You can
    /// set it per route.
    /// </summary>
    public SlowConsumerPolicy SlowConsumer { get; set; } = SlowConsumerPolicy.Drop;

    /// <summary>
    /// How messages are compressed if the client offers permessage-deflate: <c>none</c>, <c>shared</c> or <c>dedicated</c>. Default: none.
    /// You can set it per route.
    /// </summary>
    public WsCompression Compression { get; set; } = WsCompression.None;

    /// <summary>The compression level: 1 (fastest) to 9 (smallest). Default: 1.</summary>
    public int CompressionLevel { get; set; } = 1;

    /// <summary>The shortest message, in bytes, that is compressed: 0 or more. Default: 256.</summary>
    public int CompressionThresholdBytes { get; set; } = 256;

    /// <summary>
    /// How many times longer than its compressed form a message of more than 1 MiB may be: 1 to 1,100. Beyond that the connection is closed
    /// with 1009. Default: 200; text that repeats itself reaches 160, a decompression bomb 1,000.
    /// </summary>
    public int MaxInflateRatio { get; set; } = 200;

    /// <summary>
    /// How long a connection may be silent before the server sends a ping, in milliseconds: at most 86,400,000. 0: never. Default: 25,000.
    /// </summary>
    public int PingIntervalMs { get; set; } = 25_000;

    /// <summary>
    /// How long the client may take to answer a ping before the connection is dropped, in milliseconds: 1 to 86,400,000. Default: 10,000.
    /// </summary>
    public int PongTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// How long a connection may go without a message from the client before it is closed with 1001, in milliseconds: at most 86,400,000.
    /// 0, the default: never.
    /// </summary>
    public int IdleTimeoutMs { get; set; }

    /// <summary>
    /// How long the closing handshake may take before the connection is dropped, in milliseconds: 1 to 86,400,000. Default: 5,000.
    /// </summary>
    public int CloseTimeoutMs { get; set; } = 5_000;

    /// <summary>
    /// How long a stopping server waits for its connections to close (drain), in milliseconds: 0 to 86,400,000. Default: 10,000.
    /// </summary>
    public int DrainTimeoutMs { get; set; } = 10_000;
}
