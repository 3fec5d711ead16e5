namespace WsAot.Generators.Model;

/// <summary>A parameter that is read from the message.</summary>
/// <param name="IsOptional">Whether the message may omit it.</param>
/// <param name="Summary">What the method's documentation comment says about it.</param>
internal sealed record ParameterDescription(string Name, Shape Shape, bool IsOptional, string? Summary);
