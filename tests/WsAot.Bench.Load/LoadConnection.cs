using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Load;

/// <summary>An open connection, and its positions in the two endless streams of requests and answers.</summary>
internal sealed class LoadConnection(ClientSocket socket, int number)
{
    private readonly Queue<long> _sentAt = new();

    public ClientSocket Socket => socket;

    /// <summary>The number that epoll reports for it.</summary>
    public int Number => number;

    /// <summary>Bytes of requests to send that the kernel has not taken yet.</summary>
    public long Unsent { get; set; }

    /// <summary>Whether epoll watches for room for output.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Bytes of the next answer that have already come.</summary>
    public int Received { get; set; }

    /// <summary>Answers that are still to come.</summary>
    public int Expected => _sentAt.Count;

    /// <summary>Created when the first ping comes.</summary>
    public PingReader? Ping { get; set; }

    /// <param name="sentAt">The start time for the latency of these answers.</param>
    public void Expect(int answers, long sentAt)
    {
        for (int i = 0; i < answers; i++) _sentAt.Enqueue(sentAt);
    }

    /// <summary>An answer came.</summary>
    /// <returns>The start time for its latency.</returns>
    public long TakeAnswer() => _sentAt.Dequeue();
}
