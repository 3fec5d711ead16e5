using System.Text.Json;
using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>Messages: taken apart, and each of what is in them handed on.</summary>
public sealed partial class JsonRpcPeer
{
    private const int DefaultMaxBatchLength = 100;

    private int MaxBatchLength => _options.MaxBatchLength > 0 ? _options.MaxBatchLength : DefaultMaxBatchLength;

    /// <summary>Takes a message: an object, or an array of them. What it answers is sent, or will be.</summary>
    internal void Receive(JsonRpcRoute route, ReadOnlySpan<byte> utf8)
    {
        JsonRpcEnvelope message;
        List<JsonRpcEnvelope>? messages;
        try
        {
            messages = Read(utf8, out message);
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

    bool IPendingCalls.TryTakeAnswer(ReadOnlySpan<byte> utf8)
    {
        if (_client is not { IsWaiting: true } client) return false;
        try
        {
            List<JsonRpcEnvelope>? messages = Read(utf8, out JsonRpcEnvelope message);
            if (messages is null) return TryTakeAnswer(client, message, utf8);
            // None of a batch that is too long is looked at.
            if (messages.Count > MaxBatchLength) return false;
            int taken = 0;
            foreach (JsonRpcEnvelope each in messages)
            {
                if (TryTakeAnswer(client, each, utf8)) taken++;
            }

            // What else is in the batch has its turn with all of it; the answers are known no more then, and passed over.
            return taken > 0 && taken == messages.Count;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            // It is answered when its turn comes.
            return false;
        }
    }

    private static bool TryTakeAnswer(JsonRpcConnectionTarget client, in JsonRpcEnvelope message, ReadOnlySpan<byte> utf8) =>
        message.IsResponse && message.IsValid(utf8) && client.TryAnswer(message, utf8);

    /// <summary>Finds what is in a message.</summary>
    /// <returns>Those of a batch; null: it is a single one.</returns>
    private List<JsonRpcEnvelope>? Read(ReadOnlySpan<byte> utf8, out JsonRpcEnvelope message)
    {
        message = default;
        List<JsonRpcEnvelope>? messages = null;
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray) messages = ReadBatch(ref reader);
        else message = JsonRpcEnvelope.Read(ref reader);
        // Throws if more follows.
        reader.Read();
        return messages;
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
}
