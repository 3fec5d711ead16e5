namespace WsAot.Transport;

/// <summary>The loops of a transport, and the sizes of their buffers.</summary>
public sealed class TransportOptions
{
    private const int MinBufferBytes = 1024;
    private const int MaxBufferBytes = 16 * 1024 * 1024;
    private const int MaxLoops = 1024;

    /// <summary>
    /// The number of event loops, each with a thread of its own. 1 to 1,024; default: the processors that this process may use.
    /// </summary>
    public int Loops { get; init; } = Environment.ProcessorCount;

    /// <summary>The number of connections that may wait to be accepted; the kernel may lower it (<c>net.core.somaxconn</c>).</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>
    /// The size of the one buffer into which a loop receives, in bytes: 1 KiB to 16 MiB. A connection receives at most this much before the
    /// others get their turn.
    /// </summary>
    public int ReceiveBufferBytes { get; init; } = 512 * 1024;

    /// <summary>
    /// The size of the one buffer in which a loop gathers what a connection writes while it is being served, in bytes: 1 KiB to 16 MiB.
    /// </summary>
    public int SendBufferBytes { get; init; } = 128 * 1024;

    /// <summary>The clock that limits portions of work. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        Check(Loops, 1, MaxLoops, nameof(Loops));
        Check(Backlog, 1, int.MaxValue, nameof(Backlog));
        Check(ReceiveBufferBytes, MinBufferBytes, MaxBufferBytes, nameof(ReceiveBufferBytes));
        Check(SendBufferBytes, MinBufferBytes, MaxBufferBytes, nameof(SendBufferBytes));
    }

    private static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(name, value, $"The value must be {min} to {max}.");
    }
}
