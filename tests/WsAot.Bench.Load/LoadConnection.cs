using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Load;

/// <summary>An open connection and where it stands in the two endless rows, of requests and of answers.</summary>
internal sealed class LoadConnection(ClientSocket socket, int number)
{
    private readonly Queue<long> _sentAt = new();

    public ClientSocket Socket => socket;

    /// <summary>By which epoll knows it.</summary>
    public int Number => number;

    /// <summary>Bytes of requests that are to be sent and were not taken by the kernel yet.</summary>
    public long Unsent { get; set; }

    /// <summary>Whether epoll tells when more can be sent.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Bytes of the next answer that came already.</summary>
    public int Received { get; set; }

    /// <summary>Answers that are still to come.</summary>
    public int Expected => _sentAt.Count;

    /// <summary>Made when the first ping comes.</summary>
    public PingReader? Ping { get; set; }

    /// <param name="sentAt">The time from which the latency of these answers counts.</param>
    public void Expect(int answers, long sentAt)
    {
        for (int i = 0; i < answers; i++) _sentAt.Enqueue(sentAt);
    }

    /// <summary>An answer came.</summary>
    /// <returns>From when its latency counts.</returns>
    public long TakeAnswer() => _sentAt.Dequeue();
}
