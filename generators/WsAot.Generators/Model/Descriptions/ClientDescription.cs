namespace WsAot.Generators.Model;

/// <summary>An interface through which a handler calls the client, or tells the subscribers of a topic.</summary>
/// <param name="FullName">With the namespace: <c>MyApp.IChatClient</c>.</param>
/// <param name="Name">Without the namespace.</param>
/// <param name="Summary">The summary of its documentation comment.</param>
internal sealed record ClientDescription(string FullName, string Name, string? Summary, EquatableArray<MethodDescription> Methods);
