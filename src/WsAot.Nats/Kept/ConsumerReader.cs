using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Messages;

namespace WsAot.Nats.Kept;

/// <summary>Reads a subject of a stream by a consumer that lives as long as that takes: many messages in each round trip.</summary>
internal static class ConsumerReader
{
    /// <summary>What one request brings at most, unless a single message is larger.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The client can bound a request by bytes only, and drops what is beyond the 1,024 messages of its channel. So many are asked for
    /// at most, if none is smaller than the last ones.
    /// </summary>
    private const int Together = 800;

    /// <summary>What NATS counts for the smallest message: its subject and that of its confirmation have as many characters.</summary>
    private const int MessageBytes = 120;

    /// <summary>How long one request may take: a connection that breaks meanwhile may leave it without an answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>When NATS removes a consumer that nobody has removed.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Reads until it has the last message, or the consumer has no more.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="part">What was read before, and gets the messages.</param>
    /// <param name="last">The number of the last message that is needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ReadAsync(
        RuleStream stream, string subject, StreamPart part, long last, CancellationToken cancellationToken)
    {
        var config = new ConsumerConfig
        {
            // NATS 2.9 takes the filter from the request's subject only if there is a name.
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
                    // A message that is larger than that.
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
    /// <param name="options">What is asked for.</param>
    /// <param name="count">How many have come from the consumer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many have come with these.</returns>
    /// <exception cref="NatsJSException">One of them did not arrive.</exception>
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
                throw new NatsJSException("A message that was asked for was lost on its way.");
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
            // NATS removes it after a while.
        }
    }
}
