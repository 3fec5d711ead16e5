namespace WsAot.Generators.Model;

/// <summary>What makes a handler one that speaks JSON-RPC.</summary>
/// <param name="Context">The <c>JsonSerializerContext</c>, as code names it.</param>
/// <param name="Methods">What the client can call, in the order of the names in JSON.</param>
/// <param name="Clients">The interfaces it calls the client through, each once, in the order of their types.</param>
internal sealed record JsonRpcModel(
    string Context,
    EquatableArray<JsonRpcMethodModel> Methods,
    EquatableArray<JsonRpcClientModel> Clients);
