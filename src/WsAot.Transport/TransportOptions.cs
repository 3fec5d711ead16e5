namespace WsAot.Transport;

/// <summary>How a transport is built.</summary>
public sealed class TransportOptions
{
    private const int MinBufferBytes = 1024;
    private const int MaxBufferBytes = 16 * 1024 * 1024;
    private const int MaxLoops = 1024;

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

    internal void Validate()
    {
        Check(Loops, 1, MaxLoops, nameof(Loops));
        Check(Backlog, 1, int.MaxValue, nameof(Backlog));
        Check(ReceiveBufferBytes, MinBufferBytes, MaxBufferBytes, nameof(ReceiveBufferBytes));
        Check(SendBufferBytes, MinBufferBytes, MaxBufferBytes, nameof(SendBufferBytes));
    }

    private static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(name, value, $"It must be {min} to {max}.");
    }
}
