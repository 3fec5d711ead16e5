namespace WsAot.Generators.Model;

/// <summary>The members of an object.</summary>
/// <param name="HasOthers">Whether it has members of any name besides (<c>[JsonExtensionData]</c>).</param>
/// <param name="Derived">The types that may stand in its place, if it is polymorphic.</param>
/// <param name="Discriminator">The member that tells the derived types apart.</param>
/// <param name="IsAbstract">Whether nothing is of just this type.</param>
internal sealed record ObjectShape(
    EquatableArray<PropertyShape> Properties,
    bool HasOthers,
    EquatableArray<DerivedShape> Derived,
    string Discriminator,
    bool IsAbstract);
