namespace WsAot.Generators.Emitting;

/// <summary>The routing trie for paths with a given number of segments.</summary>
/// <param name="Count">The number of segments; null for the default case.</param>
internal sealed record RouteCase(int? Count, RouteNode Root);
