using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Messages;

namespace WsAot.Nats.Kept;

/// <summary>Reads a subject of a stream through a temporary consumer, with many messages in each round trip.</summary>
internal static class ConsumerReader
{
    /// <summary>The largest answer to one request, unless a single message is larger.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The client limits a request only by bytes, and drops messages beyond the 1,024 that its channel holds. A request therefore asks for
    /// the bytes of at most this many messages, if they are no smaller than the last ones.
    /// </summary>
    private const int Together = 800;

    /// <summary>
    /// The bytes that NATS counts for the smallest message: the characters of its subject and of its confirmation's subject.
    /// </summary>
    private const int MessageBytes = 120;

    /// <summary>How long one request may take. If the connection breaks meanwhile, there may be no answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The time after which NATS removes an unused consumer.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Reads until the last needed message, or until the consumer has no more.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="part">Has the messages read so far, and gets the others.</param>
    /// <param name="last">The number of the last message that is needed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task ReadAsync(
        RuleStream stream, string subject, StreamPart part, long last, CancellationToken cancellationToken)
    {
        var config = new ConsumerConfig
        {
            // NATS 2.9 takes the filter from the request's subject only if the consumer has a name.
            Name = "wsaot-" + Guid.NewGuid().ToString("N"),
            FilterSubject = subject,
            DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
            OptStartSeq = (ulong)part.Next,
            AckPolicy = ConsumerConfigAckPolicy.None,
            InactiveThreshold = s_lifetime,
            NumReplicas = 1,
            MemStorage = true,
        };
        INatsJSConsumer consumer =
            await stream.JetStream.CreateOrUpdateConsumerAsync(stream.Name, config, cancellationToken).ConfigureAwait(false);
        try
        {
            long count = 0;
            long before;
            do
            {
                before = count;
                long guess = Together * (MessageBytes + (long)part.SmallestRecent);
                var options = new NatsJSFetchOpts { MaxBytes = (int)Math.Min(MaxBytes, guess) };
                count = await FetchAsync(consumer, part, options, count, cancellationToken).ConfigureAwait(false);
                if (count == before)
                {
                    // The next message is larger than that: ask for it alone.
                    options = new NatsJSFetchOpts { MaxMsgs = 1 };
                    count = await FetchAsync(consumer, part, options, count, cancellationToken).ConfigureAwait(false);
                }

                part.Fetched?.Invoke();
            }
            while (count > before && part.Next <= last);
        }
        finally
        {
            _ = RemoveAsync(stream, consumer.Info.Name);
        }
    }

    /// <param name="consumer">The consumer.</param>
    /// <param name="part">Gets the messages.</param>
    /// <param name="options">The options of the request.</param>
    /// <param name="count">The number of messages from the consumer so far.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of messages including these.</returns>
    /// <exception cref="NatsJSException">A message did not arrive.</exception>
    private static async Task<long> FetchAsync(
        INatsJSConsumer consumer, StreamPart part, NatsJSFetchOpts options, long count, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        IAsyncEnumerable<INatsJSMsg<byte[]>> messages =
            consumer.FetchNoWaitAsync(options, NatsRawSerializer<byte[]>.Default, patience.Token);
        await foreach (INatsJSMsg<byte[]> message in messages.ConfigureAwait(false))
        {
            if (message.Metadata is not { } place || place.Sequence.Consumer != (ulong)++count)
            {
                throw new NatsJSException("A requested message was lost on its way.");
            }

            part.Add(Create((long)place.Sequence.Stream, message, place.Timestamp));
        }

        return count;
    }

    private static KeptMessage Create(long offset, INatsJSMsg<byte[]> message, DateTimeOffset time)
    {
        byte[] payload = message.Data ?? [];
        MessageHeaders headers = MessageHeaders.Read(message.Headers);
        return new KeptMessage(offset, 0, PayloadKind.Of(headers, payload), payload, headers.Node, headers.Except, time);
    }

    private static async Task RemoveAsync(RuleStream stream, string consumer)
    {
        try
        {
            await stream.JetStream.DeleteConsumerAsync(stream.Name, consumer).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // NATS removes the consumer after a while.
        }
    }
}
