namespace WsAot.Generators.Model;

/// <summary>The JSON-RPC interface of a handler on one of its routes, as the author of a client needs it.</summary>
/// <param name="Key">The <see cref="HandlerModel.Key"/> of the route.</param>
/// <param name="Summary">The summary of the handler's documentation comment.</param>
/// <param name="Methods">The methods that the client can call, sorted by JSON name.</param>
/// <param name="Clients">The interfaces that it calls on the client, sorted by name.</param>
/// <param name="Topics">The topics that the client can subscribe to, in the order of the attribute.</param>
/// <param name="Types">The named types that these methods exchange.</param>
internal sealed record HandlerDescription(
    string Key,
    string? Summary,
    EquatableArray<MethodDescription> Methods,
    EquatableArray<ClientDescription> Clients,
    EquatableArray<TopicDescription> Topics,
    EquatableArray<TypeShape> Types);
