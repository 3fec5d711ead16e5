using WsAot.Handshake;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Services;

namespace WsAot.Http;

/// <summary>Reads a request, and gets its answer: from the application, a page or a file.</summary>
internal sealed partial class HttpConnection
{
    private const string PageMethods = "GET, HEAD, OPTIONS";

    /// <summary>Each time this many bytes of a body arrive, the timeout starts again.</summary>
    private const int BytesPerTimeout = 64 * 1024;

    /// <summary>Takes over the connection from a handshake that has read a valid head.</summary>
    public void Take(ConnectionPlace place, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> rest)
    {
        _place = place;
        _transport.Handler = this;
        _forwarded = _http.Handshakes.Request.Forwarded;
        if (_isFeeding) _input.KeepLast(rest.Length);
        else _input.Append(rest);

        var head = new RequestHead(bytes);
        _isHead = head.Method.SequenceEqual("HEAD"u8);
        _isHttp10 = head.MinorVersion == 0;
        // If a request is answered without reading its body, the connection ends.
        _isKept = place == ConnectionPlace.Connection && RequestPersistence.IsWanted(head);
        RequestPath path = _http.Handshakes.Request.Path;
        if (_http.Table.Find(path, head.Method, out bool isKnown) is { } mapping)
        {
            Begin(mapping, bytes);
            return;
        }

        _isKept &= !RequestBodyReader.HasBody(head);
        if (isKnown) AnswerOther(head, _http.Table.MethodsOf(path));
        else if (_http.Context.FindPage(head.Path) is { } page) AnswerPage(head, page);
        else if (_http.Table.Files?.TryAnswer(this, bytes, path) != true) RefuseKept(404, "nothing is at that path", head);
    }

    private void Begin(HttpMapping mapping, ReadOnlySpan<byte> bytes)
    {
        var head = new RequestHead(bytes);
        if (head.CountHeader("origin"u8) > 1)
        {
            Leave().Refuse(HandshakeError.DuplicateOrigin, head);
            return;
        }

        if (mapping.ChecksOrigin && !_http.Context.IsOriginAllowed(head, _transport, _forwarded))
        {
            Leave().RefuseOrigin(head);
            return;
        }

        _mapping = mapping;
        _bodyReader = new RequestBodyReader(head, mapping.MaxBodyBytes);
        bool isContinueExpected = RequestPersistence.ExpectsContinue(head, out HandshakeError error);
        if (error != HandshakeError.None)
        {
            Leave().Refuse(error, head);
            return;
        }

        if (_bodyReader.Error != HandshakeError.None)
        {
            RefuseBody(head);
            return;
        }

        WsServer server = _http.Context.Server.Server;
        _request = new WsHttpRequest(
            bytes.ToArray(),
            _http.Handshakes.Request.Path.Copy(),
            ClientAddress,
            _http.Context.TlsOf(_transport),
            _forwarded,
            server,
            _http.Context.Server.Services.ForConnection());
        // RFC 9110 section 10.1.1: not if the body has begun to arrive.
        if (isContinueExpected && !_bodyReader.IsDone && _input.IsEmpty) _transport.Write("HTTP/1.1 100 Continue\r\n\r\n"u8, default);
        _state = State.Body;
        _http.Loop.Timers.Schedule(this, _http.Loop.NowMs + HandshakeMs);
        ReadBody(_input.Span, isInput: true);
    }

    /// <param name="received">The bytes.</param>
    /// <param name="isInput">True if they are the waiting input, false if they were received just now.</param>
    private void ReadBody(ReadOnlySpan<byte> received, bool isInput)
    {
        BodyReadStatus status;
        do
        {
            status = _bodyReader.Read(ref received, out ReadOnlySpan<byte> data);
            int timeouts = _body.Length / BytesPerTimeout;
            _body.Append(data);
            if (_body.Length / BytesPerTimeout > timeouts) _http.Loop.Timers.Schedule(this, _http.Loop.NowMs + HandshakeMs);
        }
        while (status == BodyReadStatus.Data);

        if (isInput) _input.KeepLast(received.Length);
        else _input.Append(received);
        TrimInput();
        if (status == BodyReadStatus.Error) RefuseBody(_request!.Head);
        else if (status == BodyReadStatus.Done) Ask();
    }

    private void RefuseBody(RequestHead head)
    {
        HandshakeError error = _bodyReader.Error;
        if (error == HandshakeError.BodyTooLarge) Refuse(413, $"the body is larger than {_mapping!.MaxBodyBytes} bytes", head, null);
        else Leave().Refuse(error, head);
    }

    /// <summary>Calls the application, which answers at once or later, on this loop.</summary>
    private async void Ask()
    {
        WsHttpRequest request = _request!;
        request.Body = _body.IsEmpty ? default : _body.Span.ToArray();
        _body.Clear();
        _state = State.Asked;
        if (!_input.IsEmpty) _transport.PauseReading();
        _http.Loop.Timers.Schedule(this, _http.Loop.NowMs + HandshakeMs);
        var cancellation = new CancellationTokenSource();
        _cancellation = cancellation;
        _http.Loop.BeginWork();
        WsResponse? response = null;
        Exception? failure = null;
        try
        {
            response = await _mapping!.Answer(request, cancellation.Token) ?? throw new InvalidOperationException("The response is null.");
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _http.Loop.EndWork();
        // Meanwhile the request may have timed out and been refused, or the client may have left.
        bool isOpen = !cancellation.IsCancellationRequested && _state == State.Asked && !_transport.IsClosed;
        if (isOpen) _cancellation = null;
        if (failure is not null && !(cancellation.IsCancellationRequested && failure is OperationCanceledException))
        {
            Log.AnswerFailed(Logger, failure, $"{request.Method} {Printable.From(request.Head.Path)}", RemoteEndPoint);
        }

        if (isOpen && response is not null) Respond(response);
        else if (isOpen) Refuse(500, "the application failed to answer", request.Head, null);
        if (request.Services is ConnectionServices own) _http.Loop.End(own);
    }

    private void AnswerPage(RequestHead head, HttpPage page)
    {
        if (!_isHead && !head.Method.SequenceEqual("GET"u8)) AnswerOther(head, PageMethods);
        else RespondPage(page);
    }

    private void RespondPage(HttpPage page)
    {
        Respond(200, "page", page.ContentType, page.Body, [new("Cache-Control", "no-cache")]);
    }

    /// <summary>Answers a request to a known path with a method that is not mapped there.</summary>
    private void AnswerOther(RequestHead head, string allow)
    {
        KeyValuePair<string, string> header = new("Allow", allow);
        if (head.Method.SequenceEqual("OPTIONS"u8)) Respond(200, "options", null, default, [header]);
        else RefuseKept(405, $"that path allows only {allow}", head, header);
    }

    /// <summary>Refuses a request that was read completely, so the connection can stay open.</summary>
    private void RefuseKept(int statusCode, string reason, RequestHead head, params ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        HandshakeConnection.LogRefused(_http.Loop, _transport, statusCode, reason, head, null, _forwarded);
        string counted = HandshakeConnection.ReasonFor(statusCode, reason, null);
        Respond(statusCode, counted, "text/plain; charset=utf-8", HttpResponse.ReasonBody(statusCode, reason), headers);
    }

    /// <summary>Refuses a request, and ends the connection.</summary>
    private void Refuse(int statusCode, string reason, RequestHead head, string? option) =>
        Leave().Refuse(statusCode, reason, head, option);
}
