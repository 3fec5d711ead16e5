using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>What <see cref="IPendingCalls"/> needs of the session. On the loop, but for <see cref="SendOrDrop"/>.</summary>
internal sealed partial class Session
{
    /// <summary>Whether more than half of the output that may wait does. A stream then pauses; nothing else of the connection need.</summary>
    public bool IsOutputHalfFull => _transport.IsOutputBlocked && _transport.PendingBytes > _settings.MaxPendingOutputBytes / 2;

    private bool HasPendingCalls => _calls.Handler is IPendingCalls { HasPendingCalls: true };

    /// <summary>
    /// Sends what the peer waits for, which the output limit does not hold back: the peer is not read while it is reached, so it can ask for
    /// no more.
    /// </summary>
    public SendResult SendAnswer(ReadOnlySpan<byte> utf8) => State == WsState.Open ? Write(Opcode.Text, utf8) : SendResult.Refused;

    /// <summary>Sends what nobody waits for: at the output limit the route's policy for slow consumers decides. Any thread.</summary>
    public void SendOrDrop(ReadOnlySpan<byte> utf8)
    {
        if (Send(Opcode.Text, utf8) == SendResult.Refused && _settings.ClosesSlowConsumers && State == WsState.Open)
        {
            CloseSlowConsumer("too slow for what is sent");
        }
    }

    /// <summary>A call goes on after the message that began it: the server's end waits for it.</summary>
    public void OnCallPending() => _loop.CountPendingHandler();

    /// <summary>A call has ended.</summary>
    public void OnCallEnded()
    {
        _loop.UncountPendingHandler();
        // Not at once: it may have ended within a call that is being made for another message.
        if (State == WsState.Closed && !_calls.IsPending) RequestTurn();
    }
}
