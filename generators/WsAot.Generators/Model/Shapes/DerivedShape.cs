namespace WsAot.Generators.Model;

/// <summary>A derived type that a polymorphic base type allows.</summary>
/// <param name="Discriminator">The type discriminator as JSON: a quoted string or a number; null if there is none.</param>
internal sealed record DerivedShape(Shape Shape, string? Discriminator);
