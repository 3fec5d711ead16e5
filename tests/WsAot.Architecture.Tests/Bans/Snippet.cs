using Microsoft.CodeAnalysis;

namespace WsAot.Architecture.Tests.Bans;

/// <summary>Writes code that uses a symbol, so that a ban cannot be listed without being tried.</summary>
internal static class Snippet
{
    private static readonly SymbolDisplayFormat s_format =
        SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <param name="id">As the compiler names a symbol in documentation: <c>M:System.Enum.ToString</c>.</param>
    public static string Using(string id)
    {
        ISymbol symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, BanRun.Compile(""))
            ?? throw new ArgumentException($"'{id}' names nothing that exists.");
        return $"class Snippet {{ unsafe object? Use() {{ {Statement(symbol)} return null; }} }}";
    }

    private static string Statement(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol space =>
            Statement(space.GetTypeMembers().First(static type => type.DeclaredAccessibility == Accessibility.Public)),
        INamedTypeSymbol { IsStatic: true } type =>
            Statement(type.GetMembers().OfType<IMethodSymbol>().First(static method => !method.IsGenericMethod)),
        INamedTypeSymbol type => $"_ = typeof({Name(type)});",
        // The accessor of a property is what its use calls, and not what a ban has to name.
        IMethodSymbol { AssociatedSymbol: { } property } => Statement(property),
        IMethodSymbol { MethodKind: MethodKind.Constructor } method => $"_ = new {Name(method.ContainingType)}({Arguments(method)});",
        IMethodSymbol method => $"{Target(method)}.{method.Name}({Arguments(method)});",
        IPropertySymbol or IFieldSymbol => $"_ = {Target(symbol)}.{symbol.Name};",
        _ => throw new ArgumentException($"How is {symbol} used?"),
    };

    private static string Target(ISymbol member) =>
        member.IsStatic ? Name(member.ContainingType) : $"default({Name(member.ContainingType)})!";

    private static string Arguments(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(static parameter => $"default({Name(parameter.Type)})!"));

    private static string Name(ITypeSymbol type) => type.ToDisplayString(s_format);
}
