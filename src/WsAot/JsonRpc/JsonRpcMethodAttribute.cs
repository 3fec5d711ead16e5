namespace WsAot;

/// <summary>
/// Marks a method of a <see cref="WsRouteAttribute"/> class that clients can call with JSON-RPC 2.0. On a method of a <see
/// cref="JsonRpcClientAttribute"/> interface, it changes the name. The method runs on the connection's loop; its return value is the
/// result. The <see cref="WsRouteAttribute.Json"/> context of the route reads the parameters and writes the result.
/// </summary>
/// <param name="name">The name on the wire, compared byte for byte; null to use the method's own name, as written.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JsonRpcMethodAttribute(string? name = null) : Attribute
{
    /// <summary>The name on the wire; null for the method's own name.</summary>
    public string? Name { get; } = name;
}
