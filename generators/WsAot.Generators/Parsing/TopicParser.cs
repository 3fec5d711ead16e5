using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;
using WsAot.Generators.Text;

namespace WsAot.Generators.Parsing;

/// <summary>Turns the <c>[WsTopic]</c> of an interface into its model, or into diagnostics.</summary>
internal static class TopicParser
{
    // The ranges of WsTopicOptions.
    private const int MostMessages = 100_000;
    private const int MostSeconds = 2_592_000;
    private const int MostBytes = 1_073_741_824;
    private const int MostPresent = 100_000;

    /// <summary>The attribute that declares topics.</summary>
    public static AttributeData? FindAttribute(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface ? type.GetAttributes().Find(WsAotTypes.WsTopicAttribute.Name) : null;

    /// <summary>Reports that an interface declares topics but is not a client interface.</summary>
    public static IReadOnlyList<DiagnosticInfo> ProblemsWithoutClient(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        var scope = new ParseScope(type, attribute, compilation);
        scope.Report(
            DiagnosticDescriptors.InvalidTopicInterface, type.Name, "mark it [JsonRpcClient], too: its methods are the topic's messages");
        return scope.Diagnostics;
    }

    /// <summary>Reports that an option of topics is set without the other option that it needs.</summary>
    public static void ReportWithoutEffect(ParseScope scope, string property, string needed, bool isNeededThere)
    {
        if (isNeededThere || !scope.Attribute.Sets(property)) return;
        scope.ReportAtArgument(property, null, DiagnosticDescriptors.OptionWithoutEffect, property, needed);
    }

    /// <param name="methods">The methods of the interface and of those that it inherits.</param>
    public static TopicParseResult Parse(
        INamedTypeSymbol type, AttributeData attribute, IEnumerable<IMethodSymbol> methods, Compilation compilation)
    {
        var scope = new ParseScope(type, attribute, compilation);
        foreach (IMethodSymbol method in methods)
        {
            if (method.ReturnsVoid || JsonRpcReturns.OfMessage(method) != PublishReturn.None) continue;
            scope.ReportAt(
                method,
                DiagnosticDescriptors.InvalidTopicInterface,
                method.Name,
                "let it return void, ValueTask or ValueTask<WsTopicPosition>: a topic has no single answer");
        }

        EquatableArray<TopicSegment> segments = ParseTemplate(scope);
        bool keepsMessages = attribute.Property(WsAotTypes.WsTopicAttribute.History) is int and not 0;
        ReportWithoutEffect(scope, WsAotTypes.WsTopicAttribute.HistorySeconds, WsAotTypes.WsTopicAttribute.History, keepsMessages);
        ReportWithoutEffect(scope, WsAotTypes.WsTopicAttribute.HistoryBytes, WsAotTypes.WsTopicAttribute.History, keepsMessages);
        bool hasPresence = attribute.Property(WsAotTypes.WsTopicAttribute.Presence) is true;
        ReportWithoutEffect(scope, WsAotTypes.WsTopicAttribute.MaxPresent, WsAotTypes.WsTopicAttribute.Presence, hasPresence);
        var model = new TopicModel(
            TypeNames.InCode(type),
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            IsPublic(type),
            segments,
            Number(scope, WsAotTypes.WsTopicAttribute.History, 0, MostMessages, preset: 0),
            Number(scope, WsAotTypes.WsTopicAttribute.HistorySeconds, 1, MostSeconds, preset: 600),
            Number(scope, WsAotTypes.WsTopicAttribute.HistoryBytes, 1, MostBytes, preset: 1024 * 1024),
            hasPresence,
            Number(scope, WsAotTypes.WsTopicAttribute.MaxPresent, 1, MostPresent, preset: 1000));
        return new(scope.HasErrors ? null : model, scope.Diagnostics);
    }

    private static EquatableArray<TopicSegment> ParseTemplate(ParseScope scope)
    {
        if (!scope.Attribute.HasOneValue())
        {
            scope.MarkAsReportedElsewhere();
            return default;
        }

        TopicTemplate template = TopicTemplateParser.Parse(scope.Attribute.Argument() as string ?? "");
        foreach (TemplateError error in template.Errors)
        {
            if (error.Kind == TemplateErrorKind.DuplicateName)
            {
                scope.ReportAtArgument(null, null, DiagnosticDescriptors.DuplicateRouteParameter, error.Detail, template.Text);
            }
            else
            {
                scope.ReportAtArgument(null, null, DiagnosticDescriptors.InvalidTemplate, template.Text, error.Detail);
            }
        }

        return template.Segments;
    }

    private static int Number(ParseScope scope, string property, int smallest, int largest, int preset)
    {
        if (scope.Attribute.Property(property) is not int value) return preset;
        if (value < smallest || value > largest)
        {
            string range = $"it can be {CSharpText.Number(smallest)} to {CSharpText.Number(largest)}";
            scope.ReportAtArgument(property, null, DiagnosticDescriptors.InvalidOption, property, range);
        }

        return value;
    }

    private static bool IsPublic(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsPublic(type.ContainingType));
}
