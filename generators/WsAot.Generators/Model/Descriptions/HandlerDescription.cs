namespace WsAot.Generators.Model;

/// <summary>What a handler exchanges by JSON-RPC, as those who write its clients have to know it.</summary>
/// <param name="TypeName">Which handler it is, as code names it.</param>
/// <param name="Summary">What the handler's documentation says.</param>
/// <param name="Methods">What the client can call, in the order of the names in JSON.</param>
/// <param name="Clients">What it calls in the client, in the order of the interfaces.</param>
/// <param name="Types">The types with a name that all of these exchange, in the order of their ids.</param>
internal sealed record HandlerDescription(
    string TypeName,
    string? Summary,
    EquatableArray<MethodDescription> Methods,
    EquatableArray<ClientDescription> Clients,
    EquatableArray<TypeShape> Types);
