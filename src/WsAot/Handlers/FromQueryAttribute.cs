namespace WsAot;

/// <summary>
/// Takes a parameter from the query of the request: in a handler's constructor or in its <see cref="OnUpgradeAttribute"/> method. You need
/// it only to give the value another name, or to make its source explicit: without it, a parameter of a simple type whose name is not in
/// the route's template is a query value too. If the value is missing or does not parse, the request is answered with 400.
/// </summary>
/// <param name="name">The key in the query; null for the name of the parameter. Case-sensitive.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromQueryAttribute(string? name = null) : Attribute
{
    /// <summary>The key in the query; null for the name of the parameter.</summary>
    public string? Name { get; } = name;
}
