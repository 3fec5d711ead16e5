using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>A service that a handler requires. The server checks for it when it starts.</summary>
/// <param name="serviceType">The type by which the service is found.</param>
/// <param name="typeName">The type as it is written in C#.</param>
/// <param name="parameterName">The parameter that takes it.</param>
/// <param name="methodName">The method that has the parameter; null for the constructor.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WsServiceRequirement(Type serviceType, string typeName, string parameterName, string? methodName = null)
{
    /// <summary>The type by which the service is found.</summary>
    public Type ServiceType { get; } = serviceType;

    /// <summary>The type as it is written in C#.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The parameter that takes it.</summary>
    public string ParameterName { get; } = parameterName;

    /// <summary>The method that has the parameter; null for the constructor.</summary>
    public string? MethodName { get; } = methodName;
}
