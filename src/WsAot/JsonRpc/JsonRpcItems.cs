using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>A stream of items of one type. It is compiled for each type, so it contains as little as possible.</summary>
internal sealed class JsonRpcItems<T>(in JsonRpcRequest request, IAsyncEnumerator<T> items, JsonTypeInfo<T> type)
    : JsonRpcStream(in request)
{
    protected override ValueTask<bool> MoveNextAsync() => items.MoveNextAsync();

    protected override void WriteCurrent(JsonRpcOutput output) => output.WriteProgress(Id, items.Current, type);

    protected override ValueTask DisposeAsync() => items.DisposeAsync();
}
