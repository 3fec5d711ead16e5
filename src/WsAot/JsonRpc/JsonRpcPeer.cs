using System.ComponentModel;
using System.Text.Json;
using WsAot.Routing;
using WsAot.Sessions;

namespace WsAot.JsonRpc;

/// <summary>
/// What a connection has of JSON-RPC 2.0: it takes messages apart, has methods called and answers. It stands where the handler stands; the
/// user's handler is inside. Used on the connection's loop.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonRpcPeer : IPendingCalls
{
    private const int DefaultMaxRequestsInFlight = 32;
    private const int DefaultMaxBatchLength = 100;

    private readonly WsRouteOptions _options;
    private JsonRpcCall? _firstCall;
    private int _callCount;
    private JsonRpcConnectionTarget? _client;
    private TaskCompletionSource? _outputWaiters;
    private bool _hearsOfEnd;

    /// <param name="connection">The connection.</param>
    /// <param name="options">The options of its route.</param>
    public JsonRpcPeer(WsConnection connection, WsRouteOptions options) => (Connection, _options) = (connection, options);

    /// <summary>The user's handler.</summary>
    public object Handler { get; set; } = null!;

    /// <summary>The connection.</summary>
    public WsConnection Connection { get; }

    /// <summary>What proxies speak to.</summary>
    public JsonRpcTarget Client => _client ??= new JsonRpcConnectionTarget(this);

    internal Session Session => Connection.Session;

    /// <summary>Whether one more call may go on after its method has returned.</summary>
    internal bool MayBegin =>
        _callCount < (_options.MaxRequestsInFlight > 0 ? _options.MaxRequestsInFlight : DefaultMaxRequestsInFlight);

    /// <summary>Whether all that went on was cancelled, since the peer is gone.</summary>
    internal bool HasEnded { get; private set; }

    bool IPendingCalls.HasPendingCalls => _callCount > 0;

    private int MaxBatchLength => _options.MaxBatchLength > 0 ? _options.MaxBatchLength : DefaultMaxBatchLength;

    /// <summary>Takes a message: an object, or an array of them. What it answers is sent, or will be.</summary>
    internal void Receive(JsonRpcRoute route, ReadOnlySpan<byte> utf8)
    {
        JsonRpcEnvelope message = default;
        List<JsonRpcEnvelope>? messages = null;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray) messages = ReadBatch(ref reader);
            else message = JsonRpcEnvelope.Read(ref reader);
            // Throws if more follows.
            reader.Read();
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            SendError(default, null, JsonRpcErrorCode.ParseError);
            return;
        }

        if (messages is null) Handle(route, utf8, message, null);
        else if (messages.Count == 0 || messages.Count > MaxBatchLength) SendError(default, null, JsonRpcErrorCode.InvalidRequest);
        else HandleBatch(route, utf8, messages);
    }

    /// <summary>Sends an answer, or adds it to those of its batch. Brings the output back.</summary>
    internal SendResult Send(JsonRpcOutput output, JsonRpcBatch? batch)
    {
        SendResult result = SendResult.Queued;
        if (batch is null) result = Session.SendAnswer(output.Written);
        else batch.Add(output.Written);
        output.Return();
        return result;
    }

    /// <summary>Answers a request, or (with null as id) what is none, with an error of the specification.</summary>
    internal void SendError(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code) =>
        SendError(id, batch, code, JsonRpcErrorCode.MessageOf(code), default);

    /// <summary>Answers a call whose method threw; a notification is not answered.</summary>
    internal void Fail(ReadOnlySpan<byte> id, JsonRpcBatch? batch, Exception exception, bool isCancelled)
    {
        int code = JsonRpcErrorCode.InternalError;
        if (exception is JsonRpcException error)
        {
            if (!id.IsEmpty) SendError(id, batch, error.Code, error.Message, error.DataUtf8.Span);
            return;
        }

        // While the connection ends, what waits for the client is cancelled too; nobody is there to be told.
        if (exception is OperationCanceledException && (isCancelled || Session.State != WsState.Open)) code = JsonRpcErrorCode.Cancelled;
        else Report(exception);
        if (!id.IsEmpty) SendError(id, batch, code);
    }

    /// <summary>Logs what a method, or what it had called when its token was cancelled, threw.</summary>
    internal void Report(Exception exception) =>
        JsonRpcLog.CallFailed(Connection.Server.Logger, exception, _options.HandlerName, Connection.Id);

    /// <summary>A call goes on after its method has returned.</summary>
    internal void Add(JsonRpcCall call)
    {
        call.Next = _firstCall;
        if (_firstCall is not null) _firstCall.Previous = call;
        _firstCall = call;
        _callCount++;
        Session.OnCallPending();
        HearOfEnd();
        if (HasEnded) call.Cancel();
    }

    /// <summary>A call has ended.</summary>
    internal void Remove(JsonRpcCall call)
    {
        if (call.Previous is null) _firstCall = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is not null) call.Next.Previous = call.Previous;
        _callCount--;
        Session.OnCallEnded();
    }

    /// <summary>Ends when the peer has read until half of what may wait is left. For streams, and cancelled by their tokens.</summary>
    internal Task WaitForOutput() =>
        (_outputWaiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    bool IPendingCalls.TryTakeAnswer(ReadOnlySpan<byte> utf8)
    {
        if (_client is not { IsWaiting: true } client) return false;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            JsonRpcEnvelope message = JsonRpcEnvelope.Read(ref reader);
            return !reader.Read() && message.IsResponse && message.IsValid(utf8) && client.TryAnswer(message, utf8);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // It is answered when its turn comes.
            return false;
        }
    }

    void IPendingCalls.OnOutputProgress()
    {
        if (_outputWaiters is not { } waiters || Session.IsOutputHalfFull) return;
        _outputWaiters = null;
        waiters.SetResult();
    }

    /// <summary>Has calls, and requests to the client, cancelled when the connection ends.</summary>
    internal void HearOfEnd()
    {
        if (_hearsOfEnd) return;
        _hearsOfEnd = true;
        if (Session.State == WsState.Closed) OnEnded();
        else Connection.ConnectionClosed.UnsafeRegister(static peer => ((JsonRpcPeer)peer!).OnEnded(), this);
    }

    /// <summary>What the reader throws at what is not JSON, and at a member's name that is not Unicode text.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    private List<JsonRpcEnvelope> ReadBatch(ref Utf8JsonReader reader)
    {
        var messages = new List<JsonRpcEnvelope>();
        int limit = MaxBatchLength;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonRpcEnvelope message = JsonRpcEnvelope.Read(ref reader);
            // Of a batch that is too long one more than may be is kept, as a sign.
            if (messages.Count <= limit) messages.Add(message);
        }

        return messages;
    }

    private void HandleBatch(JsonRpcRoute route, ReadOnlySpan<byte> utf8, List<JsonRpcEnvelope> messages)
    {
        var batch = new JsonRpcBatch(this);
        foreach (JsonRpcEnvelope message in messages)
        {
            // One of the calls may have closed the connection: what comes after it is dropped, as later messages are.
            if (Session.State != WsState.Open) return;
            Handle(route, utf8, message, batch);
        }

        batch.Release();
    }

    private void Handle(JsonRpcRoute route, ReadOnlySpan<byte> utf8, in JsonRpcEnvelope message, JsonRpcBatch? batch)
    {
        bool isValid = message.IsValid(utf8);
        if (message.IsResponse)
        {
            if (isValid) _client?.TryAnswer(message, utf8);
            return;
        }

        ReadOnlySpan<byte> id = message.HasValidId(utf8) ? message.Id.Of(utf8) : default;
        ReadOnlySpan<byte> method = default;
        if (!isValid || !JsonRpcText.TryReadName(message.Method.Of(utf8), out method))
        {
            SendError(id, batch, JsonRpcErrorCode.InvalidRequest);
            return;
        }

        ReadOnlySpan<byte> parameters = message.Parameters.Of(utf8);
        if (method.StartsWith("$/"u8)) HandleReserved(method, id, parameters, batch);
        else Call(route, new JsonRpcRequest(this, batch, method, id, parameters));
    }

    private void Call(JsonRpcRoute route, JsonRpcRequest request)
    {
        try
        {
            if (route.Call(this, ref request) || request.Id.IsEmpty) return;
            SendError(request.Id, request.Batch, JsonRpcErrorCode.MethodNotFound);
        }
        catch (Exception exception)
        {
            Fail(request.Id, request.Batch, exception, request.IsCancelled);
        }
    }

    /// <summary>As in the Language Server Protocol: notifications of this kind that are not known are ignored, requests are refused.</summary>
    private void HandleReserved(ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters, JsonRpcBatch? batch)
    {
        if (!id.IsEmpty) SendError(id, batch, JsonRpcErrorCode.MethodNotFound);
        else if (method.SequenceEqual("$/cancelRequest"u8)) Cancel(JsonRpcText.ReadId(parameters));
    }

    private void Cancel(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty) return;
        for (JsonRpcCall? call = _firstCall; call is not null; call = call.Next)
        {
            if (call.IsCancelled || !call.Id.SequenceEqual(id)) continue;
            call.Cancel();
            return;
        }
    }

    private void OnEnded()
    {
        HasEnded = true;
        // Those that heed it may leave the list at once.
        var calls = new List<JsonRpcCall>(_callCount);
        for (JsonRpcCall? call = _firstCall; call is not null; call = call.Next) calls.Add(call);
        foreach (JsonRpcCall call in calls) call.Cancel();
        _client?.OnEnded();
    }

    private void SendError(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code, string message, ReadOnlySpan<byte> data)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteError(id, code, message, data);
        Send(output, batch);
    }
}
