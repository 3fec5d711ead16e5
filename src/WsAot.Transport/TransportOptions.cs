namespace WsAot.Transport;

/// <summary>How a transport is built.</summary>
public sealed class TransportOptions
{
    /// <summary>How many event loops, each with a thread of its own. 1 to 1,024; default: the processors this process may use.</summary>
    public int Loops { get; init; } = Environment.ProcessorCount;

    /// <summary>Connections that may wait to be accepted; the kernel may cap it (<c>net.core.somaxconn</c>).</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>
    /// Bytes of the one buffer into which a loop receives. It bounds what one connection can make a loop do before the others have
    /// their turn. 1 KiB to 16 MiB.
    /// </summary>
    public int ReceiveBufferBytes { get; init; } = 512 * 1024;

    /// <summary>Bytes of the one buffer in which a loop gathers what a connection writes while it is being served. 1 KiB to 16 MiB.</summary>
    public int SendBufferBytes { get; init; } = 128 * 1024;
}
