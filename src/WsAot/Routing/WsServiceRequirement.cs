using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>A service that a handler cannot do without, so that it is looked for when the server starts.</summary>
/// <param name="ServiceType">The type by which the service is found.</param>
/// <param name="TypeName">The type as it is written in C#.</param>
/// <param name="ParameterName">The parameter that takes it.</param>
/// <param name="MethodName">The method that has the parameter; null: the constructor.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WsServiceRequirement(Type ServiceType, string TypeName, string ParameterName, string? MethodName = null);
