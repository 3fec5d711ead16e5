using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A call with a result. It is compiled for each type, so it contains as little as possible.</summary>
internal sealed class JsonRpcResultCall<T>(in JsonRpcRequest request, Task<T> task, JsonTypeInfo<T> type) : JsonRpcCall(in request)
{
    protected override void WriteResult(JsonRpcOutput output) => output.WriteResult(Id, task.Result, type);
}
