using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Messages;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Kept;

/// <summary>
/// Reads what a stream has kept of a subject. It asks the stream's leader for one message after the other: a replica may not have the last
/// ones yet, and a consumer for each topic would cost the cluster more than some round trips.
/// </summary>
internal static class StreamReader
{
    private const int NotFound = 404;

    /// <summary>Reads what comes behind a message.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="after">The number of the message; 0: all there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StreamPart> ReadAsync(RuleStream stream, string subject, long after, CancellationToken cancellationToken)
    {
        var part = new StreamPart();
        var asked = new StreamMsgGetRequest { LastBySubj = subject };
        long last = (await GetAsync(stream, asked, cancellationToken).ConfigureAwait(false))?.Offset ?? 0;
        // The message itself is asked for: if it is still there, nothing is missing behind it.
        long next = Math.Max(after, 1);
        while (next <= last)
        {
            var request = new StreamMsgGetRequest { Seq = (ulong)next, NextBySubj = subject };
            if (await GetAsync(stream, request, cancellationToken).ConfigureAwait(false) is not { } message) break;
            if (message.Offset == after) part.IsConnected = true;
            else part.Messages.Add(message);
            next = message.Offset + 1;
        }

        if (last <= after) part.IsConnected = true;
        return part;
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
