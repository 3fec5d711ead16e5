using WsAot.Bench.Load;
using WsAot.Bench.Load.Pacing;

namespace WsAot.Bench.Tests.Load;

/// <summary>One message in flight on each connection, until this many answers have come.</summary>
internal sealed class CountedPace(LoadLoop loop, int wanted) : IPace
{
    public bool IsTimed => false;

    public bool IsWaiting => true;

    public int Answers { get; private set; }

    public void Begin(long now)
    {
        foreach (LoadConnection connection in loop.Connections) Send(connection);
    }

    public bool Advance(long now) => Answers >= wanted;

    public void OnAnswers(LoadConnection connection, int count, long now)
    {
        Answers += count;
        for (int i = 0; i < count; i++) connection.TakeAnswer();
        Send(connection);
    }

    private void Send(LoadConnection connection)
    {
        connection.Expect(1, sentAt: 0);
        loop.Send(connection, 1);
    }
}
