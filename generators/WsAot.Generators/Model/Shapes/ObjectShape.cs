namespace WsAot.Generators.Model;

/// <summary>The members of an object.</summary>
/// <param name="HasOthers">Whether it can have members of any other name (<c>[JsonExtensionData]</c>).</param>
/// <param name="Derived">The derived types, if it is polymorphic.</param>
/// <param name="Discriminator">The name of the member that holds the type discriminator.</param>
/// <param name="IsAbstract">Whether the type itself has no instances.</param>
internal sealed record ObjectShape(
    EquatableArray<PropertyShape> Properties,
    bool HasOthers,
    EquatableArray<DerivedShape> Derived,
    string Discriminator,
    bool IsAbstract);
