using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Load.Pacing;

/// <summary>Closed loop: each connection keeps a number of messages in flight, and sends a new one for each that comes back.</summary>
internal sealed class EchoPace(LoadLoop loop, int connections, int depth, MeasuredWindow window) : IPace
{
    public bool IsTimed => false;

    public bool IsWaiting => connections > 0;

    public void Begin(long now)
    {
        for (int i = 0; i < connections; i++) Send(loop.Connections[i], depth, now);
        window.Begin();
    }

    public bool Advance(long now) => window.Advance(now);

    public void OnAnswers(LoadConnection connection, int count, long now)
    {
        for (int i = 0; i < count; i++) window.Count(now - connection.TakeAnswer());
        Send(connection, count, now);
    }

    private void Send(LoadConnection connection, int messages, long now)
    {
        connection.Expect(messages, now);
        loop.Send(connection, messages);
    }
}
