using System.Buffers;
using NATS.Client.Core;

namespace WsAot.Nats.Core;

/// <summary>
/// A subscription to one subject. Messages are handled on the thread that reads the socket, without a channel or a task for each topic. The
/// client renews the subscription when it reconnects.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="subject">The subject.</param>
/// <param name="receive">Gets the headers, which may be empty, and the payload, both valid during the call. Must not block.</param>
internal sealed class TopicSubscription(NatsConnection connection, string subject, TopicSubscription.Receiver receive)
    : NatsSubBase(connection, connection.SubscriptionManager, subject, queueGroup: null, opts: null)
{
    public delegate void Receiver(in ReadOnlySequence<byte> headers, in ReadOnlySequence<byte> payload);

    protected override ValueTask ReceiveInternalAsync(
        string subject, string? replyTo, ReadOnlySequence<byte>? headersBuffer, ReadOnlySequence<byte> payloadBuffer)
    {
        receive(headersBuffer ?? ReadOnlySequence<byte>.Empty, payloadBuffer);
        return ValueTask.CompletedTask;
    }

    protected override void TryComplete()
    {
        // Nothing waits for its end.
    }
}
