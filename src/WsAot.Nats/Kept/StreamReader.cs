using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Messages;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Kept;

/// <summary>
/// Reads what a stream has kept of a subject. The first messages it asks of the stream's leader, one after the other: most topics have no
/// more, and a consumer for each would cost the cluster more than some round trips. The rest comes by a consumer, many in a round trip.
/// </summary>
internal static class StreamReader
{
    private const int NotFound = 404;

    /// <summary>The messages that are asked for one by one before a consumer is worth it.</summary>
    private const int Singles = 8;

    /// <summary>Reads until it has what was the last message when it began.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="part">Gets the messages, also those that came before it failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ReadAsync(RuleStream stream, string subject, StreamPart part, CancellationToken cancellationToken)
    {
        var asked = new StreamMsgGetRequest { LastBySubj = subject };
        // The leader says what is the last: a replica, which may serve the consumer, may not have it yet.
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

            // What the consumer cannot give, since its replica does not have it yet, is asked for one by one again.
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
