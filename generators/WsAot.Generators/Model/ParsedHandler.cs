namespace WsAot.Generators.Model;

/// <summary>What the generator takes from a handler class.</summary>
/// <param name="Description">Null where it does not speak JSON-RPC.</param>
internal sealed record ParsedHandler(HandlerModel Model, HandlerDescription? Description);
