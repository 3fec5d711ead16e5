using WsAot.Hosting;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;

namespace WsAot.Sessions;

/// <summary>What a route needs whose calls go on while later messages are taken; JSON-RPC is one. On the loop, but for <see cref="SendOrDrop"/>.</summary>
internal sealed partial class Session
{
    private int _pendingCalls;
    private TaskCompletionSource? _outputWaiters;

    public ServerLoop Loop => _loop;

    /// <summary>Whether more than half of the output that may wait does. A stream then pauses; nothing else of the connection need.</summary>
    public bool IsOutputHalfFull => _transport.IsOutputBlocked && _transport.PendingBytes > _settings.MaxPendingOutputBytes / 2;

    /// <summary>
    /// Sends what the peer waits for, which the output limit does not hold back: the peer is not read while it is reached, so it can ask for
    /// no more.
    /// </summary>
    public SendResult SendAnswer(ReadOnlySpan<byte> utf8) => State == WsState.Open ? Write(Opcode.Text, utf8) : SendResult.Refused;

    /// <summary>Sends what nobody waits for: at the output limit the route's policy for slow consumers decides. Any thread.</summary>
    public void SendOrDrop(ReadOnlySpan<byte> utf8)
    {
        if (Send(Opcode.Text, utf8) == SendResult.Refused && _settings.ClosesSlowConsumers && State == WsState.Open)
            Close(CloseCode.PolicyViolation, "too slow for what is sent");
    }

    /// <summary>Ends when the peer has read until half of the limit is left, or is gone. Asked for while <see cref="IsOutputHalfFull"/>.</summary>
    public Task WaitForOutput() =>
        (_outputWaiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>A call goes on after the message that began it: the server's end, and OnClose, wait for it.</summary>
    public void BeginCall()
    {
        _pendingCalls++;
        _loop.CountPendingHandler();
    }

    /// <summary>It has ended.</summary>
    public void EndCall()
    {
        _pendingCalls--;
        _loop.UncountPendingHandler();
        if (_pendingCalls == 0 && State == WsState.Closed && !_isHandlerPending) DispatchWaiting();
    }

    private void ReleaseOutputWaiters()
    {
        if (_outputWaiters is not { } waiters || (State != WsState.Closed && IsOutputHalfFull)) return;
        _outputWaiters = null;
        waiters.SetResult();
    }
}
