using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WsAot.CodeFixes;

/// <summary>
/// Adds a route parameter to the template for a method parameter that can be a route value, or removes <c>ref</c>, <c>in</c> or
/// <c>out</c> from a parameter.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RouteTemplateFix : HandlerFix
{
    private static readonly Regex s_value = new(@"\{\*?(?<name>[^{}/]+)\}", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.UnboundParameter];

    private protected override IEnumerable<Correction> Propose(FixContext context)
    {
        if (context.Node is not ParameterSyntax parameter || context.Symbol is not IParameterSymbol symbol) yield break;
        if (symbol.RefKind != RefKind.None)
        {
            yield return new Correction(
                $"Take '{symbol.Name}' by value",
                editor => editor.ReplaceNode(parameter, parameter.WithModifiers(default).WithTriviaFrom(parameter)));
        }
        else if (CanBeRouteValue(symbol.Type) && TemplateOf(parameter, context) is { } literal)
        {
            string template = With(literal.Token.ValueText, symbol.Name);
            yield return new Correction(
                $"Change the template to '{template}'",
                editor => editor.ReplaceNode(literal, (current, _) => WithValue((LiteralExpressionSyntax)current, symbol.Name)));
        }
    }

    private static bool CanBeRouteValue(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || type.AllInterfaces.Any(candidate =>
            candidate is { Name: "IUtf8SpanParsable" or "ISpanParsable", TypeArguments.Length: 1 }
            && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));

    private static LiteralExpressionSyntax? TemplateOf(ParameterSyntax parameter, FixContext context) =>
        parameter.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.AttributeLists
            .SelectMany(static list => list.Attributes)
            .Where(attribute => context.Model.GetTypeInfo(attribute, context.CancellationToken).Type?.Name == "WsRouteAttribute")
            .Select(static attribute => attribute.ArgumentList?.Arguments.FirstOrDefault(
                static argument => argument.NameEquals is null)?.Expression)
            .FirstOrDefault() as LiteralExpressionSyntax;

    private static LiteralExpressionSyntax WithValue(LiteralExpressionSyntax literal, string name) =>
        literal.WithToken(SyntaxFactory.Literal(With(literal.Token.ValueText, name)).WithTriviaFrom(literal.Token));

    private static string With(string template, string name)
    {
        // Names are case-sensitive: a parameter that differs in case alone is renamed.
        foreach (Match match in s_value.Matches(template))
        {
            Group known = match.Groups["name"];
            if (known.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return template.Remove(known.Index, known.Length).Insert(known.Index, name);
            }
        }

        // A catch-all stays at the end.
        int rest = template.IndexOf("/{*", StringComparison.Ordinal);
        string value = "/{" + name + "}";
        return rest >= 0 ? template.Insert(rest, value) : template.TrimEnd('/') + value;
    }
}
