namespace WsAot.Generators.Model;

/// <summary>The JSON-RPC part of a handler.</summary>
/// <param name="Context">The fully qualified name of the <c>JsonSerializerContext</c>.</param>
/// <param name="Methods">The methods that the client can call, sorted by JSON name.</param>
/// <param name="Clients">The distinct interfaces through which it calls the client, sorted by type name.</param>
internal sealed record JsonRpcModel(
    string Context,
    EquatableArray<JsonRpcMethodModel> Methods,
    EquatableArray<JsonRpcClientModel> Clients);
