using System.Diagnostics;
using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Load.Pacing;

/// <summary>
/// Open loop: a fixed number of messages a second, on one connection after the other, even if no answers come. Latency counts from the time
/// when a message was due, so a stall of the server counts for all messages that were due meanwhile.
/// </summary>
internal sealed class RatePace(LoadLoop loop, int connections, double perSecond, MeasuredWindow window) : IPace
{
    private readonly double _interval = Stopwatch.Frequency / perSecond;
    private long _begin;
    private long _sent;

    public bool IsTimed => true;

    public bool IsWaiting => true;

    public void Begin(long now)
    {
        _begin = now;
        window.Begin();
    }

    public bool Advance(long now)
    {
        while (_begin + (long)(_sent * _interval) is var due && due <= now)
        {
            LoadConnection connection = loop.Connections[(int)(_sent++ % connections)];
            connection.Expect(1, due);
            loop.Send(connection, 1);
        }

        return window.Advance(now);
    }

    public void OnAnswers(LoadConnection connection, int count, long now)
    {
        for (int i = 0; i < count; i++) window.Count(now - connection.TakeAnswer());
    }
}
