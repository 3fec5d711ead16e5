using WsAot.Loops;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>
/// What <see cref="IPendingCalls"/> needs of the session, and what its calls hold. Used on the loop, except for <see cref="SendOrDrop"/>.
/// </summary>
/// <remarks>
/// The parameters and ids that pending calls keep count as input, the answers that wait for the rest of a batch as output. Calls may hold
/// half of the input limit. The other half is for the queue: the peer is read until that is full too, so that its answers and cancellations
/// reach the calls. A peer that fills it with further messages is not heard until calls end, at the latest when their requests to it time
/// out.
/// </remarks>
internal sealed partial class Session
{
    private int _heldInputBytes;
    private int _heldOutputBytes;

    /// <summary>
    /// Whether more than half of the output limit is pending. A stream pauses then; nothing else on the connection has to.
    /// </summary>
    public bool IsOutputHalfFull => _transport.IsOutputBlocked && _transport.PendingBytes > _settings.MaxPendingOutputBytes / 2;

    /// <summary>Whether the turn is used up, so that a call that has more to do waits for the next one.</summary>
    public bool IsTurnSpent => _loop.Turn.IsSpent;

    private bool HasPendingCalls => _calls.Handler is IPendingCalls { HasPendingCalls: true };

    private int MaxHeldInputBytes => _settings.MaxPendingInputBytes / 2;

    /// <summary>
    /// The bytes of messages that may wait, which is what calls leave of the input limit. Something is always left: where one message may
    /// be as large as the limit, the peer could not answer it otherwise.
    /// </summary>
    private int MaxQueuedBytes =>
        Math.Max(_settings.MaxPendingInputBytes - _heldInputBytes, _settings.MaxPendingInputBytes / 4);

    /// <summary>The output that the peer has not taken, and the answers that calls hold.</summary>
    private int HeldOutputBytes => _heldOutputBytes + (_transport.IsOutputBlocked ? _transport.PendingBytes : 0);

    /// <summary>
    /// Sends an answer that the peer waits for, past the output limit. That is safe: at the limit no call begins, so only those that have
    /// begun are answered.
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
    /// <param name="heldBytes">What it holds of the message.</param>
    public void OnCallPending(int heldBytes)
    {
        _loop.BeginWork();
        _heldInputBytes += heldBytes;
        PauseCallsIfFull();
    }

    /// <summary>A call has ended.</summary>
    /// <param name="heldBytes">What it held of its message.</param>
    public void OnCallEnded(int heldBytes)
    {
        _heldInputBytes -= heldBytes;
        ResumeCalls();
        if (State != WsState.Closed || _calls.IsBusy)
        {
            _loop.EndWork();
            return;
        }

        // Not right here: the call may have ended inside the call for another message. And the call counts until that turn has run, or a
        // server that stops would not wait for OnClose and the disposal.
        RequestTurn();
        _loop.Post(new EndWorkItem(_loop));
    }

    /// <summary>An answer waits for others, to be sent with them.</summary>
    public void OnAnswerHeld(int bytes) => _heldOutputBytes += bytes;

    /// <summary>Answers that waited for others have been sent.</summary>
    public void OnAnswersSent(int bytes)
    {
        _heldOutputBytes -= bytes;
        ResumeCalls();
    }

    /// <summary>
    /// Has messages wait if calls hold as much as they may. Called when a message has been handled: what has begun is finished, or the
    /// answers of a batch would wait for themselves.
    /// </summary>
    public void PauseCallsIfFull()
    {
        if (_lifecycle.State != ConnectionState.Open) return;
        bool isOutputFull = _heldOutputBytes > 0 && HeldOutputBytes >= _settings.MaxPendingOutputBytes;
        if (_heldInputBytes >= MaxHeldInputBytes || isOutputFull) _pauses |= PauseReasons.CallsFull;
    }

    /// <summary>Requests a turn for calls that have more to do. Unlike one for messages, it does not pause reading.</summary>
    public void RequestTurnForCalls() => _transport.RequestTurn();

    /// <summary>Has messages go on when half of what calls may hold is free.</summary>
    private void ResumeCalls()
    {
        if (!Has(PauseReasons.CallsFull)) return;
        if (_extras?.Stop is not null)
        {
            // No call begins any more. The turn sees whether the last one has ended.
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
