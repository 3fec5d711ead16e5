namespace WsAot.Generators.Model;

/// <summary>The method that is called for an event.</summary>
/// <param name="DeclaringType">The fully qualified name of the class that declares it: the handler or a base class.</param>
internal sealed record EventMethod(
    WsEvent Event,
    string DeclaringType,
    string Name,
    ReturnKind Returns,
    EquatableArray<Argument> Arguments)
{
    /// <summary>Null if it has none.</summary>
    public FilterChain? Filters { get; init; }
}
