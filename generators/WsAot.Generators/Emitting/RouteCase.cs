namespace WsAot.Generators.Emitting;

/// <summary>The decision for paths of one number of segments.</summary>
/// <param name="Count">The number; null for all that no other case names.</param>
internal sealed record RouteCase(int? Count, RouteNode Root);
