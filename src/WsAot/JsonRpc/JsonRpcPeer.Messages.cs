using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using WsAot.Connections;
using WsAot.Metrics;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>Parses messages, and dispatches each object in them.</summary>
public sealed partial class JsonRpcPeer
{
    private const int DefaultMaxBatchLength = 100;

    private JsonRpcBatchReading? _unfinished;
    private PeerTopics? _topics;

    private static ReadOnlySpan<byte> CancelRequest => "$/cancelRequest"u8;

    private static ReadOnlySpan<byte> Ping => "$/ping"u8;

    private static ReadOnlySpan<byte> Subscribe => "$/subscribe"u8;

    private static ReadOnlySpan<byte> Unsubscribe => "$/unsubscribe"u8;

    private int MaxBatchLength => _options.MaxBatchLength > 0 ? _options.MaxBatchLength : DefaultMaxBatchLength;

    /// <summary>Handles a message: an object, or an array of them. Answers are sent now or when the calls end.</summary>
    /// <returns>Completed, unless the calls of a batch take more than the current turn.</returns>
    internal ValueTask Receive(JsonRpcRoute route, in WsPayload payload)
    {
        ReadOnlySpan<byte> utf8 = payload.Span;
        Session.ChargeJson(utf8.Length);
        JsonRpcEnvelope message;
        List<JsonRpcEnvelope>? messages;
        try
        {
            messages = Read(utf8, out message);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            Session.ChargeCall(hasThrown: true);
            Refuse(default, default, null, JsonRpcErrorCode.ParseError, JsonRpcErrors.DescribeUnreadable(exception));
            return default;
        }

        if (messages is null) Handle(route, utf8, message, null);
        else if (messages.Count == 0) RefuseBatch("\"a batch must have at least one call\""u8);
        else if (messages.Count > MaxBatchLength) RefuseBatch(JsonRpcErrors.ToJson($"a batch may have at most {MaxBatchLength} calls"));
        else return HandleBatch(route, payload, messages);
        return default;
    }

    /// <summary>Continues a batch that took more than its turn.</summary>
    private void GoOn(JsonRpcBatchReading unfinished)
    {
        HandleInTurn(unfinished, unfinished.Utf8.Span);
        if (!unfinished.IsDone)
        {
            Session.RequestTurn();
            return;
        }

        _unfinished = null;
        unfinished.SetDone();
    }

    void IPendingCalls.DropWaiting() => _unfinished?.Drop();

    bool IPendingCalls.TryTakeAhead(ReadOnlySpan<byte> utf8)
    {
        JsonRpcConnectionTarget? client = _client is { IsWaiting: true } ? _client : null;
        // Without "$/", because some clients escape the slash.
        bool mayCancel = _callCount > 0 && utf8.IndexOf(CancelRequest[2..]) >= 0;
        if (client is null && !mayCancel) return false;
        Session.ChargeJson(utf8.Length);
        try
        {
            List<JsonRpcEnvelope>? messages = Read(utf8, out JsonRpcEnvelope message);
            if (messages is null) return TryTakeAhead(client, message, utf8);
            // A batch that is too long is refused as a whole.
            if (messages.Count > MaxBatchLength) return false;
            int taken = 0;
            foreach (JsonRpcEnvelope each in messages)
            {
                if (TryTakeAhead(client, each, utf8)) taken++;
            }

            // If the batch has other calls, it is handled again when its turn comes. By then, the cancelled ids are unknown and ignored.
            return taken > 0 && taken == messages.Count;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // An unreadable message is answered when its turn comes.
            Session.ChargeCall(hasThrown: true);
            return false;
        }
    }

    private bool TryTakeAhead(JsonRpcConnectionTarget? client, in JsonRpcEnvelope message, ReadOnlySpan<byte> utf8) =>
        message.IsValid(utf8) && (message.IsResponse ? client is not null && client.TryAnswer(message, utf8) : TryCancel(message, utf8));

    /// <summary>
    /// Cancels a running call at once, although messages wait, perhaps because of that call. A call that is itself waiting is cancelled
    /// when this message has its turn.
    /// </summary>
    private bool TryCancel(in JsonRpcEnvelope message, ReadOnlySpan<byte> utf8) =>
        message.Id.IsNone
        && JsonRpcText.TryReadName(message.Method.Of(utf8), out ReadOnlySpan<byte> method)
        && method.SequenceEqual(CancelRequest)
        && Cancel(JsonRpcText.ReadId(message.Parameters.Of(utf8)));

    /// <summary>Finds the objects in a message.</summary>
    /// <returns>The objects of a batch; null if the message is a single object.</returns>
    private List<JsonRpcEnvelope>? Read(ReadOnlySpan<byte> utf8, out JsonRpcEnvelope message)
    {
        message = default;
        List<JsonRpcEnvelope>? messages = null;
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray) messages = ReadBatch(ref reader);
        else message = JsonRpcEnvelope.Read(ref reader);
        // Throws if anything follows the value.
        reader.Read();
        return messages;
    }

    /// <summary>Whether the reader threw because the message is not JSON, or a member's name is not Unicode text.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    private List<JsonRpcEnvelope> ReadBatch(ref Utf8JsonReader reader)
    {
        var messages = new List<JsonRpcEnvelope>();
        int limit = MaxBatchLength;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonRpcEnvelope message = JsonRpcEnvelope.Read(ref reader);
            // One object above the limit is kept, to show that the batch is too long.
            if (messages.Count <= limit) messages.Add(message);
        }

        return messages;
    }

    private void RefuseBatch(ReadOnlySpan<byte> reason) => Refuse(default, default, null, JsonRpcErrorCode.InvalidRequest, reason);

    private ValueTask HandleBatch(JsonRpcRoute route, in WsPayload payload, List<JsonRpcEnvelope> messages)
    {
        Session.ChargeBatch(messages.Count);
        var reading = new JsonRpcBatchReading(route, new JsonRpcBatch(this), messages);
        _unfinished = reading;
        HandleInTurn(reading, payload.Span);
        if (!reading.IsDone)
        {
            Session.RequestTurn();
            return reading.WaitAsync(payload.ToMemory());
        }

        _unfinished = null;
        return default;
    }

    /// <summary>Handles calls of a batch until the turn is used up, but one at least.</summary>
    private void HandleInTurn(JsonRpcBatchReading reading, ReadOnlySpan<byte> utf8)
    {
        while (!reading.IsDone)
        {
            Handle(reading.Route, utf8, reading.TakeNext(), reading.Batch);
            Session.ChargeCall(hasThrown: false);
            if (Session.IsTurnSpent) break;
        }

        if (reading.IsDone) reading.Batch.Release();
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
            ReadOnlySpan<byte> problem = isValid ? "\"'method' is not Unicode text\""u8 : message.FindProblem(utf8);
            Refuse(message.Method.Of(utf8).Trim((byte)'"'), id, batch, JsonRpcErrorCode.InvalidRequest, problem);
            return;
        }

        ReadOnlySpan<byte> parameters = message.Parameters.Of(utf8);
        if (method.StartsWith("$/"u8)) HandleReserved(route, method, id, parameters, batch);
        else Call(route, new JsonRpcRequest(this, batch, method, id, parameters));
    }

    private void Call(JsonRpcRoute route, JsonRpcRequest request)
    {
        LoopState loop = Session.Loop;
        long noted = loop.Counters.CallsNoted;
        long start = loop.IsSampling ? loop.GetTimestamp() : 0;
        Exception? thrown = null;
        Activity? former = MeterFeature.IsSupported ? Activity.Current : null;
        Activity? activity = MeterFeature.IsSupported ? JsonRpcTracing.Begin(this, request.Method) : null;
        try
        {
            if (!route.Call(this, ref request))
            {
                RefuseUnknown(in request);
                return;
            }
        }
        catch (Exception exception)
        {
            thrown = exception;
            Fail(request.Id, request.Batch, exception, request.IsCancelled);
        }
        finally
        {
            if (activity is not null) JsonRpcTracing.Leave(activity, former, thrown);
        }

        if (loop.Counters.CallsNoted != noted) return;
        MethodCounters counters = Session.Counters.OfMethod(request.Method);
        counters.CountEnded(isSucceeded: thrown is null);
        if (start != 0) ObserveTime(counters, loop.GetElapsed(start));
    }

    // Inlined, it would make every call save registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefuseUnknown(in JsonRpcRequest request)
    {
        if (request.Id.IsEmpty) LogRefused(request.Method, JsonRpcErrorCode.MethodNotFound);
        else Refuse(request.Method, request.Id, request.Batch, JsonRpcErrorCode.MethodNotFound);
    }

    /// <summary>Records how long a call took.</summary>
    internal void ObserveTime(MethodCounters counters, TimeSpan time)
    {
        counters.Time.Observe(time);
        if (MeterFeature.IsSupported) Session.Loop.Server.Durations?.OnCall(Session.Route.Options.Template, counters.Name, time);
    }

    /// <summary>
    /// Handles <c>$/</c> methods as the Language Server Protocol does: unknown notifications are ignored, requests are refused. The request
    /// <c>$/ping</c> is ours: a browser cannot send pings, so it uses this request to check that the server still answers.
    /// <c>$/subscribe</c> and <c>$/unsubscribe</c> are ours too, if the route has topics.
    /// </summary>
    private void HandleReserved(
        JsonRpcRoute route, ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters, JsonRpcBatch? batch)
    {
        if (!id.IsEmpty && method.SequenceEqual(Ping)) SendNullResult(id, batch);
        else if (!id.IsEmpty && method.SequenceEqual(Subscribe) && route.Topics.Count > 0) TopicsOf(route).Subscribe(id, parameters, batch);
        else if (method.SequenceEqual(Unsubscribe) && route.Topics.Count > 0) EndSubscription(route, method, id, parameters, batch);
        else if (!id.IsEmpty) Refuse(method, id, batch, JsonRpcErrorCode.MethodNotFound);
        else if (method.SequenceEqual(CancelRequest)) Cancel(JsonRpcText.ReadId(parameters));
    }

    private void EndSubscription(
        JsonRpcRoute route, ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, ReadOnlySpan<byte> parameters, JsonRpcBatch? batch)
    {
        bool isNamed = TopicsOf(route).TryUnsubscribe(parameters);
        if (id.IsEmpty) return;
        if (isNamed) SendNullResult(id, batch);
        else Refuse(method, id, batch, JsonRpcErrorCode.InvalidParams, "\"'topic' must be a string of 1 to 255 characters\""u8);
    }

    private PeerTopics TopicsOf(JsonRpcRoute route) => _topics ??= new PeerTopics(this, route);

    private void SendNullResult(ReadOnlySpan<byte> id, JsonRpcBatch? batch)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteNullResult(id);
        Send(output, batch);
    }
}
