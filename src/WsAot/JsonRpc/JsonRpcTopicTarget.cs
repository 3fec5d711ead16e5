using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>The subscribers of a topic.</summary>
internal sealed class JsonRpcTopicTarget(WsServer server, string topic) : JsonRpcTarget
{
    public override void Notify(ref JsonRpcOutgoing message) => throw new NotImplementedException(server.ToString() + topic);

    public override Task Request(ref JsonRpcOutgoing message, int timeoutMs, CancellationToken cancellationToken) => throw new NotImplementedException();

    public override Task<T> Request<T>(ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
