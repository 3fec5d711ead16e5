namespace WsAot.Generators.Model;

/// <summary>What a value looks like in JSON.</summary>
/// <param name="IsNullable">Whether it can be null.</param>
/// <param name="Element">What an array or a dictionary holds; else null.</param>
/// <param name="TypeId">Which <see cref="TypeShape"/> describes it, where it has a name; else null.</param>
internal sealed record Shape(ShapeKind Kind, bool IsNullable = false, Shape? Element = null, string? TypeId = null);
