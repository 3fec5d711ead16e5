namespace WsAot.Generators.Model;

/// <summary>A type that may stand in the place of its base.</summary>
/// <param name="Discriminator">What tells that it does, as JSON: a string in quotes, or a number. Null where nothing does.</param>
internal sealed record DerivedShape(Shape Shape, string? Discriminator);
