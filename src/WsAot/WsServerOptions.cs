using WsAot.Transport;

namespace WsAot;

/// <summary>
/// What a server can be told. Every property is an option of the command line too (<c>--max-message-bytes 1048576</c>), a variable of the
/// environment (<c>WSAOT_MAXMESSAGEBYTES</c>) and a key of the file <c>wsaot.json</c>.
/// </summary>
public sealed class WsServerOptions
{
    /// <summary>
    /// The addresses to listen on, separated by <c>;</c>: <c>ws://</c>, then an IP address, <c>localhost</c> or <c>*</c> (all), and a
    /// port (0: any that is free). Default: <c>ws://127.0.0.1:8080</c>.
    /// </summary>
    public string Urls { get; set; } = "ws://127.0.0.1:8080";

    /// <summary>How bytes are moved: <c>auto</c>, <c>epoll</c> (Linux) or <c>sockets</c>. Default: auto.</summary>
    public TransportKind Transport { get; set; } = TransportKind.Auto;

    /// <summary>Event loops, each with a thread. 1 to 1,024; 0, the default: the processors that the process may use.</summary>
    public int Loops { get; set; }

    /// <summary>
    /// Connections at a time; further ones are answered with 503. 0, the default: 100,000, or the descriptor limit less 64 if that
    /// is lower.
    /// </summary>
    public int MaxConnections { get; set; }

    /// <summary>Largest request head, in bytes; a larger one is answered with 431. 256 to 1,048,576; default: 8,192.</summary>
    public int MaxHeadBytes { get; set; } = 8 * 1024;

    /// <summary>Most header fields of a request; more are answered with 431. 1 to 10,000; default: 100.</summary>
    public int MaxHeaderCount { get; set; } = 100;

    /// <summary>
    /// Origins that may connect besides the server's own, separated by <c>;</c>, as <c>https://app.example.com</c>; <c>*</c>: any.
    /// A request without an Origin header, which no browser sends, is not refused for it. Default: none. Else: 403.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>Milliseconds in which the opening handshake must be complete; else 408. 1 to 86,400,000; default: 10,000.</summary>
    public int HandshakeTimeoutMs { get; set; } = 10_000;

    /// <summary>Largest message, in bytes; a larger one closes with 1009. 1 to 1,073,741,824; default: 65,536. Per route as well.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>Most frames of a message, empty ones included; more close with 1008. 1 or more; default: 1,024. Per route as well.</summary>
    public int MaxFragments { get; set; } = 1024;

    /// <summary>
    /// Bytes of messages that may wait for an asynchronous handler; at this mark the connection is not read until half of it is
    /// left, so that its peer is slowed down. 1 to 536,870,912; default: 1,048,576.
    /// </summary>
    public int MaxPendingInputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Bytes of output that may wait for a slow peer; at this mark the connection is not read until half of it is left, sending is
    /// refused, and publishing to it follows <see cref="SlowConsumer"/>. 1 to 536,870,912; default: 1,048,576. Per route as well.
    /// </summary>
    public int MaxPendingOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>What publishing does to a subscriber at that mark: <c>drop</c> or <c>close</c>. Default: drop. Per route as well.</summary>
    public SlowConsumerPolicy SlowConsumer { get; set; } = SlowConsumerPolicy.Drop;

    /// <summary>How messages are compressed, where the client offers it: <c>none</c>, <c>shared</c> or <c>dedicated</c>. Default: none. Per route as well.</summary>
    public WsCompression Compression { get; set; } = WsCompression.None;

    /// <summary>1, fastest, to 9, smallest; default: 1.</summary>
    public int CompressionLevel { get; set; } = 1;

    /// <summary>Messages shorter than this many bytes are sent uncompressed. 0 or more; default: 256.</summary>
    public int CompressionThresholdBytes { get; set; } = 256;

    /// <summary>
    /// How many times its compressed length a message may become, once it is longer than 1 MiB; beyond that it closes with 1009. 1 to
    /// 1,100; default: 200: text that repeats itself reaches 160, a bomb 1,000.
    /// </summary>
    public int MaxInflateRatio { get; set; } = 200;

    /// <summary>Milliseconds without input after which a ping is sent. 0: never; at most 86,400,000; default: 25,000.</summary>
    public int PingIntervalMs { get; set; } = 25_000;

    /// <summary>Milliseconds that a ping may stay without an answer before the connection is dropped. 1 to 86,400,000; default: 10,000.</summary>
    public int PongTimeoutMs { get; set; } = 10_000;

    /// <summary>Milliseconds without a message from the peer after which it is closed with 1001. 0, the default: never.</summary>
    public int IdleTimeoutMs { get; set; }

    /// <summary>Milliseconds that the closing handshake may take before the connection is dropped. 1 to 86,400,000; default: 5,000.</summary>
    public int CloseTimeoutMs { get; set; } = 5_000;

    /// <summary>Milliseconds that a server which is stopping waits for its connections to end. 0 to 86,400,000; default: 10,000.</summary>
    public int DrainTimeoutMs { get; set; } = 10_000;
}
