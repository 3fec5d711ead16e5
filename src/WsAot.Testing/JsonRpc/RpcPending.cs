using System.Text.Json;

namespace WsAot.Testing.JsonRpc;

/// <summary>A call of the test that the server has not answered, and the stream items that have arrived for it.</summary>
internal sealed class RpcPending(long id)
{
    public long Id { get; } = id;

    /// <summary>The items of a stream that the test has not read.</summary>
    public Queue<JsonElement> Items { get; } = new();

    public bool IsDone { get; private set; }

    /// <summary>The result; null or undefined if there is none.</summary>
    public JsonElement Result { get; private set; }

    public JsonRpcException? Error { get; private set; }

    public void SetResult(JsonElement result) => (IsDone, Result) = (true, result);

    public void SetError(JsonRpcException error) => (IsDone, Error) = (true, error);
}
