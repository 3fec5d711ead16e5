using WsAot.Handshake;
using WsAot.Transport;

namespace WsAot.Http;

/// <summary>Sends the answer in pieces, so that at most one piece waits for a slow client.</summary>
internal sealed partial class HttpConnection
{
    /// <summary>The size of a piece in bytes: the amount at which the transport sends in the middle of a batch.</summary>
    private const int PieceBytes = 64 * 1024;

    /// <summary>The largest number of pieces in one turn.</summary>
    private const int PiecesPerTurn = 4;

    private void Respond(WsResponse response)
    {
        bool hasCacheControl = false;
        foreach ((string name, _) in response.Headers)
        {
            hasCacheControl |= name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase);
        }

        KeyValuePair<string, string>[] headers =
            hasCacheControl ? [.. response.Headers] : [.. response.Headers, new("Cache-Control", "no-cache")];
        Respond(response.StatusCode, "application", response.ContentType, response.Body, headers);
    }

    private void Respond(
        int statusCode,
        string reason,
        string? contentType,
        ReadOnlyMemory<byte> body,
        ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        // RFC 9110 section 8.6: no length for a status without content.
        RespondHead(statusCode, reason, contentType, statusCode is 204 or 304 ? -1 : body.Length, headers);
        if (!_isHead) _unsent = body;
        Send();
    }

    /// <param name="statusCode">The status.</param>
    /// <param name="reason">What decided the answer, for the metrics: a name from a small set.</param>
    /// <param name="contentType">The media type; null if there is no content.</param>
    /// <param name="length">The length of the content; -1 if the status has none.</param>
    /// <param name="headers">Further headers.</param>
    private void RespondHead(
        int statusCode, string reason, string? contentType, long length, ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        _http.Loop.Counters.Answers.Add(statusCode, reason);
        _isKept &= _http.MayKeep && !_isPeerShut;
        // RFC 9112 section 9.3: HTTP/1.0 needs keep-alive to keep the connection open, and later versions need close to end it.
        string? connection = !_isKept ? "close" : _isHttp10 ? "keep-alive" : null;
        string? hsts = _http.Context.HstsFor(_transport, _forwarded);
        byte[] head = HttpResponse.Head(
            statusCode, contentType, length, connection, hsts, headers, _http.Context.Server.TimeProvider.GetUtcNow());
        _state = State.Sending;
        if (!_input.IsEmpty) _transport.PauseReading();
        _http.Loop.Timers.Cancel(this);
        _transport.Write(head, default);
    }

    /// <summary>Begins to require that the client takes its output, unless it is required already.</summary>
    private void ExpectProgress()
    {
        if (SlotNumber != 0) return;
        _output.Restart(_transport.GetDelivery().AcknowledgedBytes);
        _http.Loop.Timers.Schedule(this, _http.Loop.NowMs + _http.Options.CloseTimeoutMs);
    }

    /// <summary>Continues sending, as far as the client takes it.</summary>
    private void Send()
    {
        if (_file is not null)
        {
            _http.Table.Files!.Send(this);
            return;
        }

        for (int pieces = 0; !_unsent.IsEmpty; pieces++)
        {
            if (_transport.IsOutputBlocked)
            {
                // When the client takes output, this method runs again.
                ExpectProgress();
                return;
            }

            if (pieces == PiecesPerTurn)
            {
                _transport.RequestTurn();
                return;
            }

            ReadOnlyMemory<byte> piece = _unsent[..Math.Min(_unsent.Length, PieceBytes)];
            _unsent = _unsent[piece.Length..];
            if (_transport.Write(piece.Span, default) == OutputStatus.Refused)
            {
                _transport.Abort();
                return;
            }
        }

        Finish();
    }

    private void Finish()
    {
        (_request, _mapping, _unsent) = (null, null, default);
        if (_isKept) AwaitNext();
        else Leave().Linger();
    }
}
