namespace WsAot.Generators.Model;

/// <summary>The JSON form of a named type: the members of an object, or the values of an enum.</summary>
/// <param name="Id">A unique id. It includes the options of the context, because the shape of a type depends on them.</param>
/// <param name="Name">A readable name without namespace and type arguments: <c>PageOfTick</c>.</param>
/// <param name="FullName">The name with the namespace: <c>MyApp.PageOfTick</c>.</param>
/// <param name="Summary">The summary of its documentation comment.</param>
/// <param name="Object">Null for an enum.</param>
/// <param name="Enum">Null for an object.</param>
internal sealed record TypeShape(string Id, string Name, string FullName, string? Summary, ObjectShape? Object, EnumShape? Enum)
{
    /// <summary>The ids of the named types that its members use.</summary>
    public EquatableArray<string> TypeIds { get; } = Object is null
        ? default
        : new(Object.Properties.Select(static property => property.Shape.InnermostTypeId)
            .Concat(Object.Derived.Select(static derived => derived.Shape.InnermostTypeId))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal));
}
