using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Messages;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Kept;

/// <summary>
/// Reads the stored messages of a subject. It asks the stream's leader for the first messages one by one: most topics have no more, and a
/// consumer for each would cost the cluster more than some round trips. A consumer reads the rest, with many messages in a round trip.
/// </summary>
internal static class StreamReader
{
    private const int NotFound = 404;

    /// <summary>The number of messages to ask for one by one before a consumer is worth it.</summary>
    private const int Singles = 8;

    /// <summary>Reads up to the message that was the last when the reading began.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="part">Gets the messages, also those that arrived before a failure.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task ReadAsync(RuleStream stream, string subject, StreamPart part, CancellationToken cancellationToken)
    {
        var asked = new StreamMsgGetRequest { LastBySubj = subject };
        // Ask the leader for the last message: the consumer may run on a replica that does not have it yet.
        long last = (await GetAsync(stream, asked, cancellationToken).ConfigureAwait(false))?.Offset ?? 0;
        stream.OnRead(last);
        while (part.Next <= last)
        {
            for (int i = 0; i < Singles && part.Next <= last; i++)
            {
                var request = new StreamMsgGetRequest { Seq = (ulong)part.Next, NextBySubj = subject };
                if (await GetAsync(stream, request, cancellationToken).ConfigureAwait(false) is not { } message) return;
                part.Add(message);
            }

            // Messages that the consumer's replica does not have yet are asked for one by one again.
            if (part.Next <= last) await ConsumerReader.ReadAsync(stream, subject, part, last, cancellationToken).ConfigureAwait(false);
        }

        part.End(last);
    }

    private static async Task<KeptMessage?> GetAsync(
        RuleStream stream, StreamMsgGetRequest request, CancellationToken cancellationToken)
    {
        try
        {
            StreamMsgGetResponse response = await stream.JetStream.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                $"{stream.JetStream.Opts.Prefix}.STREAM.MSG.GET.{stream.Name}", request, cancellationToken).ConfigureAwait(false);
            StoredMessage stored = response.Message;
            MessageHeaders headers = stored.Hdrs is { Length: > 0 } base64
                ? MessageHeaders.Read(Convert.FromBase64String(base64))
                : default;
            Opcode opcode = PayloadKind.Of(headers, stored.Data.Span);
            return new KeptMessage((long)stored.Seq, 0, opcode, stored.Data.ToArray(), headers.Node, headers.Except, stored.Time);
        }
        catch (NatsJSApiException exception) when (exception.Error.Code == NotFound)
        {
            return null;
        }
    }
}
