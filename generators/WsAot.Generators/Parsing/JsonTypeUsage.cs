using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Parsing;

/// <summary>A type that a <c>JsonSerializerContext</c> must list.</summary>
/// <param name="Type">The type.</param>
/// <param name="Owner">The parameter that has the type, or the method that returns it.</param>
/// <param name="TakenBy">
/// The constructor parameter that takes the client interface of the owner, or the class whose route offers its topics; null if the handler
/// is the owner.
/// </param>
internal sealed record JsonTypeUsage(ITypeSymbol Type, ISymbol Owner, ISymbol? TakenBy)
{
    /// <summary>Whether it is read from the client, like parameters of a handler and results of a client interface.</summary>
    public bool IsRead => Owner is IParameterSymbol == TakenBy is null;

    /// <summary>A description for messages.</summary>
    public string Description => Owner is IParameterSymbol
        ? $"the parameter '{Owner.Name}' of '{Owner.ContainingSymbol.Name}'"
        : $"the result of '{Owner.Name}'";
}
