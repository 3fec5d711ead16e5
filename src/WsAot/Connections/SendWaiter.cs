using WsAot.Loops;
using WsAot.Protocol.Frames;

namespace WsAot.Connections;

/// <summary>
/// A message that waits for room. Its task is completed once, by the side that claims the message first: the loop, which sends or refuses
/// it, or the token that cancels it. The producer never continues inside the call that completes the task.
/// </summary>
internal sealed class SendWaiter(SendWaiters owner, Opcode opcode, ReadOnlyMemory<byte> payload, string? text)
    : LoopWorkItem
{
    private readonly TaskCompletionSource<SendResult> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private int _isClaimed;

    public Task<SendResult> Task => _sent.Task;

    /// <summary>Its place in the list of waiting messages; null if it has none.</summary>
    public LinkedListNode<SendWaiter>? Place { get; set; }

    public bool IsClaimed => Volatile.Read(ref _isClaimed) != 0;

    /// <summary>The message arrives on the loop from another thread.</summary>
    public override void Run() => owner.Arrive(this);

    public void CancelBy(CancellationToken cancellationToken) => _cancellation = cancellationToken.UnsafeRegister(
        static (waiter, cancellationToken) => ((SendWaiter)waiter!).Cancel(cancellationToken), this);

    /// <returns>Whether the caller is the first.</returns>
    public bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Sends the message. On the loop, after <see cref="TryClaim"/>.</summary>
    /// <returns>The bytes of the message.</returns>
    public int Send(Session session)
    {
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        ReadOnlySpan<byte> message = text is null ? payload.Span : utf8.Bytes;
        End(session.Send(opcode, message));
        return message.Length;
    }

    /// <summary>Refuses the message because the connection is ending. Call it after <see cref="TryClaim"/>.</summary>
    public void Refuse() => End(SendResult.Refused);

    private void End(SendResult result)
    {
        // Not Dispose, which would wait for a running callback. Such a callback finds that the message is claimed.
        _cancellation.Unregister();
        _sent.SetResult(result);
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        if (!TryClaim()) return;
        owner.Forget(this);
        _sent.SetCanceled(cancellationToken);
    }
}
