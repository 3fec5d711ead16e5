namespace WsAot;

/// <summary>
/// Marks a method of a <see cref="WsRouteAttribute"/> class as one that clients call by JSON-RPC 2.0; or, on a method of a
/// <see cref="JsonRpcClientAttribute"/> interface, gives it another name. It runs on the connection's loop; what it returns is the result.
/// Parameters are read and the result is written with the <see cref="WsRouteAttribute.Json"/> context of the route.
/// </summary>
/// <param name="name">The name that goes over the wire, compared byte for byte; null: the method's own, as it is written.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JsonRpcMethodAttribute(string? name = null) : Attribute
{
    /// <summary>The name that goes over the wire; null: the method's own.</summary>
    public string? Name { get; } = name;
}
