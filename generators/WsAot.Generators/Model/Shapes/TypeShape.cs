namespace WsAot.Generators.Model;

/// <summary>What the values of a type with a name look like in JSON: an object's members, or an enum's names and numbers.</summary>
/// <param name="Id">Tells it from all others; the same type has another shape under other options of its context.</param>
/// <param name="Name">How a person would call it in a language without namespaces: <c>PageOfTick</c>.</param>
/// <param name="FullName">The same, with the namespace: <c>MyApp.PageOfTick</c>.</param>
/// <param name="Summary">What its documentation says.</param>
/// <param name="Object">Null for an enum.</param>
/// <param name="Enum">Null for an object.</param>
internal sealed record TypeShape(string Id, string Name, string FullName, string? Summary, ObjectShape? Object, EnumShape? Enum)
{
    /// <summary>The shapes that it is made of.</summary>
    public IEnumerable<Shape> Parts =>
        Object is null ? [] : Object.Properties.Select(static property => property.Shape).Concat(Object.Derived.Select(static derived => derived.Shape));
}
