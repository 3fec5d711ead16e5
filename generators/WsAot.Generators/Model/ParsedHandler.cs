namespace WsAot.Generators.Model;

/// <summary>What the generator needs to know about a handler class.</summary>
/// <param name="Description">Null if it does not use JSON-RPC.</param>
internal sealed record ParsedHandler(HandlerModel Model, HandlerDescription? Description);
