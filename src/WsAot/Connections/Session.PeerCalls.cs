using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>What <see cref="IPendingCalls"/> needs of the session. Used on the loop, except for <see cref="SendOrDrop"/>.</summary>
internal sealed partial class Session
{
    /// <summary>
    /// Whether more than half of the output limit is pending. A stream pauses then; nothing else on the connection has to.
    /// </summary>
    public bool IsOutputHalfFull => _transport.IsOutputBlocked && _transport.PendingBytes > _settings.MaxPendingOutputBytes / 2;

    private bool HasPendingCalls => _calls.Handler is IPendingCalls { HasPendingCalls: true };

    /// <summary>
    /// Sends an answer that the peer waits for, past the output limit. That is safe: at the limit the peer is not read, so it cannot ask
    /// for more.
    /// </summary>
    public SendResult SendAnswer(ReadOnlySpan<byte> utf8) => State == WsState.Open ? WriteMessage(Opcode.Text, utf8) : SendResult.Refused;

    /// <summary>
    /// Sends a message that nobody waits for. At the output limit, the route's policy for slow consumers applies. Any thread.
    /// </summary>
    public void SendOrDrop(ReadOnlySpan<byte> utf8)
    {
        if (Send(Opcode.Text, utf8) == SendResult.Refused && _settings.ClosesSlowConsumers && State == WsState.Open)
        {
            CloseSlowConsumer("too slow for what is sent");
        }
    }

    /// <summary>A call outlives the message that began it. A draining server waits for it.</summary>
    public void OnCallPending() => _loop.BeginWork();

    /// <summary>A call has ended.</summary>
    public void OnCallEnded()
    {
        _loop.EndWork();
        // Not right here: the call may have ended inside the call for another message.
        if (State == WsState.Closed && !_calls.IsBusy) RequestTurn();
    }
}
