using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>A route that speaks JSON-RPC.</summary>
internal sealed record DescribedRoute(HandlerModel Handler, HandlerDescription Description);
