using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Load.Pacing;

/// <summary>
/// The first connections publish, and all connections receive the messages, including the publishers. All publish at once, and again when
/// every connection has received everything.
/// </summary>
internal sealed class FanOutPace(LoadLoop loop, int publishers, int depth, MeasuredWindow window) : IPace
{
    private long _outstanding;

    public bool IsTimed => false;

    public bool IsWaiting => true;

    public void Begin(long now)
    {
        Publish(now);
        window.Begin();
    }

    public bool Advance(long now) => window.Advance(now);

    public void OnAnswers(LoadConnection connection, int count, long now)
    {
        for (int i = 0; i < count; i++) window.Count(now - connection.TakeAnswer());
        _outstanding -= count;
        if (_outstanding == 0) Publish(now);
    }

    private void Publish(long now)
    {
        _outstanding = (long)publishers * depth * loop.Connections.Count;
        foreach (LoadConnection connection in loop.Connections) connection.Expect(publishers * depth, now);
        for (int i = 0; i < publishers; i++) loop.Send(loop.Connections[i], depth);
    }
}
