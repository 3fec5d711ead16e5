namespace WsAot.Generators.Model;

/// <summary>A parameter that comes from JSON.</summary>
/// <param name="IsOptional">Whether JSON need not have it.</param>
/// <param name="Summary">What the method's documentation says of it.</param>
internal sealed record ParameterDescription(string Name, Shape Shape, bool IsOptional, string? Summary);
