namespace WsAot.Generators.Model;

/// <summary>The JSON-RPC part of a handler.</summary>
/// <param name="Context">The fully qualified name of the <c>JsonSerializerContext</c>.</param>
/// <param name="Methods">The methods that the client can call, sorted by JSON name.</param>
/// <param name="Clients">The distinct interfaces through which it calls the client, sorted by type name.</param>
internal sealed record JsonRpcModel(
    string Context,
    EquatableArray<JsonRpcMethodModel> Methods,
    EquatableArray<JsonRpcClientModel> Clients)
{
    /// <summary>The topics that its clients can subscribe to, in the order of the attribute.</summary>
    public EquatableArray<TopicModel> Topics { get; init; }

    /// <summary>The methods that decide who may subscribe.</summary>
    public EquatableArray<SubscribeModel> Subscribes { get; init; }
}
