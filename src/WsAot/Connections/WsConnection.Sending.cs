using WsAot.Connections;
using WsAot.Protocol.Frames;

namespace WsAot;

/// <content>Sending that waits for a slow client.</content>
public sealed partial class WsConnection
{
    /// <summary>
    /// Sends a text message. At the output limit, it waits until half of the limit is free. A producer that awaits each message is
    /// therefore paced by the client's reading.
    /// </summary>
    /// <remarks>
    /// If there is room, the call completes at once, and on the connection's loop it allocates nothing. Waiting messages are sent in the
    /// order of the calls. <see cref="Send(string)"/> does not wait behind them: it is refused at the limit, and sends at once if there is
    /// room. On the loop, a producer that keeps sending sometimes waits for the connection's next turn, so that other connections are
    /// served. <see cref="PendingOutputBytes"/> does not count waiting messages.
    /// </remarks>
    /// <param name="text">Sent as UTF-8; a lone surrogate becomes U+FFFD.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    /// <returns>
    /// <see cref="SendResult.Sent"/> or <see cref="SendResult.Queued"/>; <see cref="SendResult.Refused"/> if the connection is closed or
    /// closing, or begins to close while the message waits. After a refusal, stop sending.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before the message was sent.</exception>
    public ValueTask<SendResult> SendAsync(string text, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<SendResult>(cancellationToken);
        using var utf8 = new Utf8Text(text, stackalloc byte[Utf8Text.StackBytes]);
        return _session.TrySend(Opcode.Text, utf8.Bytes, out SendResult result)
            ? new ValueTask<SendResult>(result)
            : new ValueTask<SendResult>(_session.WaitToSend(Opcode.Text, default, text, cancellationToken));
    }

    /// <inheritdoc cref="SendAsync(string, CancellationToken)"/>
    /// <param name="utf8">Valid UTF-8; it is not checked. Do not change the memory until the task has completed.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    public ValueTask<SendResult> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken = default) =>
        SendAsync(Opcode.Text, utf8, cancellationToken);

    /// <summary>Sends a binary message. At the output limit, it waits like <see cref="SendAsync(string, CancellationToken)"/>.</summary>
    /// <inheritdoc cref="SendAsync(string, CancellationToken)"/>
    /// <param name="payload">The message. Do not change the memory until the task has completed.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    public ValueTask<SendResult> SendBinaryAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        SendAsync(Opcode.Binary, payload, cancellationToken);

    private ValueTask<SendResult> SendAsync(Opcode opcode, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<SendResult>(cancellationToken);
        return _session.TrySend(opcode, payload.Span, out SendResult result)
            ? new ValueTask<SendResult>(result)
            : new ValueTask<SendResult>(_session.WaitToSend(opcode, payload, null, cancellationToken));
    }
}
