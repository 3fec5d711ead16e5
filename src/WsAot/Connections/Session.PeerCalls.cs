using WsAot.Loops;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>
/// The session's side of <see cref="IPendingCalls"/>, and the memory that pending calls hold. Used on the loop, except for
/// <see cref="SendOrDrop"/>.
/// </summary>
/// <remarks>
/// The parameters and ids that pending calls keep count as input. Answers that wait for the rest of a batch count as output. Calls may hold
/// half of the input limit. The other half is for the queue: the session reads until the queue is full too, so that the peer's answers and
/// cancellations reach the calls. If a peer fills the queue with further messages, the session does not read from it until calls end, at
/// the latest when their requests to the peer time out.
/// </remarks>
internal sealed partial class Session
{
    private int _heldInputBytes;
    private int _heldOutputBytes;

    /// <summary>
    /// Whether more than half of the output limit is pending. A stream pauses then; nothing else on the connection has to.
    /// </summary>
    public bool IsOutputHalfFull => _transport.IsOutputBlocked && _transport.PendingBytes > _settings.MaxPendingOutputBytes / 2;

    /// <summary>Whether the turn is used up. A call that has more to do then waits for the next turn.</summary>
    public bool IsTurnSpent => _loop.Turn.IsSpent;

    private bool HasPendingCalls => _calls.Handler is IPendingCalls { HasPendingCalls: true };

    private int MaxHeldInputBytes => _settings.MaxPendingInputBytes / 2;

    /// <summary>
    /// How many bytes of messages may wait: the part of the input limit that calls do not hold. There is always room for one message, or a
    /// peer whose messages may be as large as the limit could not answer.
    /// </summary>
    private int MaxQueuedBytes =>
        Math.Max(_settings.MaxPendingInputBytes - _heldInputBytes, _settings.MaxPendingInputBytes / 4);

    /// <summary>The output that the peer has not read, and the answers that calls hold.</summary>
    private int HeldOutputBytes => _heldOutputBytes + (_transport.IsOutputBlocked ? _transport.PendingBytes : 0);

    /// <summary>
    /// Sends an answer that the peer waits for, even beyond the output limit. That is safe: at the limit no new call begins, so only calls
    /// that have begun are answered.
    /// </summary>
    public SendResult SendAnswer(ReadOnlySpan<byte> utf8) => State == WsState.Open ? WriteMessage(Opcode.Text, utf8) : SendResult.Refused;

    /// <summary>
    /// Sends a message that is not an answer. At the output limit, the route's policy for slow consumers applies. Any thread.
    /// </summary>
    public void SendOrDrop(ReadOnlySpan<byte> utf8)
    {
        if (Send(Opcode.Text, utf8) == SendResult.Refused && _settings.ClosesSlowConsumers && State == WsState.Open)
        {
            CloseSlowConsumer("the client reads too slowly");
        }
    }

    /// <summary>A call runs on after the message that began it was handled. A draining server waits for the call.</summary>
    /// <param name="heldBytes">The bytes of the message that the call keeps.</param>
    public void OnCallPending(int heldBytes)
    {
        _loop.BeginWork();
        _heldInputBytes += heldBytes;
        PauseCallsIfFull();
    }

    /// <summary>A call has ended.</summary>
    /// <param name="heldBytes">The bytes of its message that the call kept.</param>
    public void OnCallEnded(int heldBytes)
    {
        _heldInputBytes -= heldBytes;
        ResumeCalls();
        if (State != WsState.Closed || _calls.IsBusy)
        {
            _loop.EndWork();
            return;
        }

        // Not right here: the call may have ended inside the call for another message. The call counts until that turn has run, because a
        // stopping server must wait for OnClose and the disposal.
        RequestTurn();
        _loop.Post(new EndWorkItem(_loop));
    }

    /// <summary>An answer waits to be sent together with others.</summary>
    public void OnAnswerHeld(int bytes) => _heldOutputBytes += bytes;

    /// <summary>Answers that waited for others have been sent.</summary>
    public void OnAnswersSent(int bytes)
    {
        _heldOutputBytes -= bytes;
        ResumeCalls();
    }

    /// <summary>
    /// Makes messages wait if calls hold as much as they may. Called only after a message was handled: a batch that has begun must finish,
    /// or its answers would wait for each other.
    /// </summary>
    public void PauseCallsIfFull()
    {
        if (_lifecycle.State != ConnectionState.Open) return;
        bool isOutputFull = _heldOutputBytes > 0 && HeldOutputBytes >= _settings.MaxPendingOutputBytes;
        if (_heldInputBytes >= MaxHeldInputBytes || isOutputFull) _pauses |= PauseReasons.CallsFull;
    }

    /// <summary>Requests a turn for calls that have more to do. Unlike <see cref="RequestTurn"/>, it does not pause reading.</summary>
    public void RequestTurnForCalls() => _transport.RequestTurn();

    /// <summary>Lets messages continue when half of what calls may hold is free.</summary>
    private void ResumeCalls()
    {
        if (!Has(PauseReasons.CallsFull)) return;
        if (_extras?.Stop is not null)
        {
            // No new call begins. The turn checks whether the last one has ended.
            RequestTurnForCalls();
            return;
        }

        if (_heldInputBytes > MaxHeldInputBytes / 2 || HeldOutputBytes > _settings.MaxPendingOutputBytes / 2) return;
        _pauses &= ~PauseReasons.CallsFull;
        // Not right here: the call may have ended inside the call for another message.
        RequestTurn();
    }

    private sealed class EndWorkItem(LoopState loop) : LoopWorkItem
    {
        public override void Run() => loop.EndWork();
    }
}
