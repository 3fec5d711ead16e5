using System.Text.Json;
using WsAot.Protocol.Frames;
using WsAot.Testing.Running;
using WsAot.Testing.Wire;

namespace WsAot.Testing.JsonRpc;

/// <summary>The client's side of JSON-RPC on one connection. Used within the lock of the pump.</summary>
internal sealed class RpcPeer(ClientConnection connection, Pump pump, JsonSerializerOptions options)
{
    private readonly Dictionary<long, RpcPending> _pending = [];
    private readonly Dictionary<string, Func<WsTestCall, object?>> _answers = [];
    private long _lastId;

    public JsonSerializerOptions Options => options;

    public Queue<WsTestNotification> Notifications { get; } = new();

    /// <summary>The server's requests that are not answered yet.</summary>
    public List<WsTestCall> Calls { get; } = [];

    /// <summary>Handles a text message if it is JSON-RPC.</summary>
    public bool Take(WsTestMessage message)
    {
        if (!message.IsText) return false;
        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            JsonElement root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Array) return TakeOne(root);
            bool isTaken = root.GetArrayLength() > 0;
            foreach (JsonElement element in root.EnumerateArray()) isTaken &= TakeOne(element);
            return isTaken;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public RpcPending Call(string method, object? parameters)
    {
        var pending = new RpcPending(++_lastId);
        byte[] request = RpcText.Request(method, parameters, pending.Id, options);
        _pending.Add(pending.Id, pending);
        Send(request);
        return pending;
    }

    public void Notify(string method, object? parameters) => Send(RpcText.Request(method, parameters, null, options));

    /// <summary>Asks the server to cancel a call.</summary>
    public void Cancel(RpcPending call)
    {
        if (!call.IsDone && !connection.IsEnded && !connection.HasSentClose) Send(RpcText.Cancellation(call.Id));
    }

    /// <summary>Forgets a call whose answer is no longer awaited.</summary>
    public void Forget(RpcPending call)
    {
        _pending.Remove(call.Id);
        while (call.Items.TryDequeue(out _)) connection.OnRead(0);
    }

    /// <summary>Answers requests of the server from now on, including those that have already arrived.</summary>
    public void OnCall(string method, Func<WsTestCall, object?> answer)
    {
        _answers[method] = answer;
        foreach (WsTestCall call in Calls.FindAll(call => call.Method == method))
        {
            Calls.Remove(call);
            Answer(call, answer);
        }
    }

    public void SendText(byte[] utf8) => pump.Do(() => Send(utf8));

    private bool TakeOne(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("jsonrpc"u8, out _)) return false;
        bool hasId = element.TryGetProperty("id"u8, out JsonElement id);
        if (!element.TryGetProperty("method"u8, out JsonElement method)) return hasId && TakeResponse(element, id);
        element.TryGetProperty("params"u8, out JsonElement parameters);
        string name = method.GetString() ?? "";
        if (hasId) TakeCall(new WsTestCall(this, name, parameters, id));
        else if (name != "$/progress" || !TakeItem(parameters)) Keep(new WsTestNotification(name, parameters, options));
        return true;
    }

    private bool TakeResponse(JsonElement response, JsonElement id)
    {
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number)) return false;
        if (!_pending.Remove(number, out RpcPending? call)) return false;
        if (!response.TryGetProperty("error"u8, out JsonElement error))
        {
            call.SetResult(response.TryGetProperty("result"u8, out JsonElement result) ? result : default);
            return true;
        }

        call.SetError(new JsonRpcException(error.GetProperty("code"u8).GetInt32(), error.GetProperty("message"u8).GetString() ?? "")
        {
            DataUtf8 = error.TryGetProperty("data"u8, out JsonElement data) ? JsonSerializer.SerializeToUtf8Bytes(data) : default,
        });
        return true;
    }

    private bool TakeItem(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("token"u8, out JsonElement token) || token.ValueKind != JsonValueKind.Number) return false;
        if (!_pending.TryGetValue(token.GetInt64(), out RpcPending? call)) return true;
        call.Items.Enqueue(parameters.GetProperty("value"u8));
        connection.OnKept(0);
        return true;
    }

    private void TakeCall(WsTestCall call)
    {
        if (_answers.TryGetValue(call.Method, out Func<WsTestCall, object?>? answer)) Answer(call, answer);
        else Calls.Add(call);
    }

    private void Answer(WsTestCall call, Func<WsTestCall, object?> answer)
    {
        byte[] response;
        try
        {
            response = RpcText.Result(call.Id, answer(call), options);
        }
        catch (JsonRpcException exception)
        {
            response = RpcText.Error(call.Id, exception);
        }

        Send(response);
    }

    private void Keep(WsTestNotification notification)
    {
        Notifications.Enqueue(notification);
        connection.OnKept(0);
    }

    private void Send(byte[] utf8) => connection.SendMessage(Opcode.Text, utf8, default);
}
