using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>A type that a <c>JsonSerializerContext</c> has to name.</summary>
/// <param name="Type">The type.</param>
/// <param name="Owner">The parameter that has it, or the method that gives it back.</param>
/// <param name="TakenBy">The handler's parameter that takes the client interface which it stands in; null for one of its own.</param>
internal sealed record JsonTypeUsage(ITypeSymbol Type, ISymbol Owner, IParameterSymbol? TakenBy)
{
    /// <summary>Whether it comes from the client: a handler's parameters do, and the results of a client interface.</summary>
    public bool IsRead => Owner is IParameterSymbol == TakenBy is null;

    /// <summary>As a message names it.</summary>
    public string Description => Owner is IParameterSymbol
        ? $"the parameter '{Owner.Name}' of '{Owner.ContainingSymbol.Name}'"
        : $"the result of '{Owner.Name}'";
}
