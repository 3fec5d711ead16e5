namespace WsAot.Generators.Model;

/// <summary>An interface through which a handler calls the client.</summary>
/// <param name="FullName">As a person names it: <c>MyApp.IChatClient</c>.</param>
/// <param name="Name">The interface's own name.</param>
/// <param name="Summary">What its documentation says.</param>
internal sealed record ClientDescription(string FullName, string Name, string? Summary, EquatableArray<MethodDescription> Methods);
