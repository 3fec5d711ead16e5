using System.Diagnostics;
using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Parsing;

/// <summary>Turns a class marked <c>[WsRoute]</c> into its model for one of these routes, or into diagnostics.</summary>
internal static class HandlerParser
{
    public static HandlerParseResult Parse(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var scope = new ParseScope(type, attribute, compilation);
        if (GeneratedLanguage.TooOldVersion(compilation) is { } version)
        {
            scope.Report(DiagnosticDescriptors.LanguageTooOld, scope.TypeName, GeneratedLanguage.Least, version);
            return new(null, scope.Diagnostics, null, []);
        }

        Template? template = OptionsParser.ParseTemplate(scope);
        RouteOptionsModel options = OptionsParser.ParseOptions(scope);
        // If the class cannot be instantiated, errors in its members would only distract.
        if (!ClassParser.CanBeHandler(scope) || template is null) return new(null, scope.Diagnostics, null, []);

        cancellationToken.ThrowIfCancellationRequested();
        var json = new JsonRpcParser(scope);
        var binder = new ParameterBinder(scope, template);
        IReadOnlyList<Argument> constructorArguments = ConstructorParser.Parse(scope, binder);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EventMethod> events = EventParser.Parse(scope, binder, isCalledByJsonRpc: json.IsCalled);
        JsonRpcModel? jsonRpc = json.Parse(binder.Clients);
        scope.Filters.ReportUncalled([.. json.Methods, .. scope.Events.Where(IsFiltered).Select(static marked => marked.Method)]);
        foreach (string parameter in template.ParameterNames.Distinct().Where(name => !binder.IsTaken(name)))
        {
            scope.ReportAtArgument(null, null, DiagnosticDescriptors.UnusedRouteParameter, parameter, scope.TypeName);
        }

        // Only for a method of this class: if a base class passes a value on, a derived handler may ignore it.
        if (binder.UntakenUpgradeValue is { } value && SymbolEqualityComparer.Default.Equals(value.Method.ContainingType, type))
        {
            scope.ReportAt(value.Method, DiagnosticDescriptors.InvalidReturnType, value.Method.Name,
                $"WsUpgrade, or give the constructor of '{scope.TypeName}' a parameter of type '{value.TypeInMessage}': "
                    + "nothing takes what it hands over");
        }

        Debug.Assert(scope.HasErrors || template.Segments.Count > 0, "A valid template has at least one segment.");
        Debug.Assert(scope.HasErrors || events.Count > 0 || jsonRpc is not null, "A valid handler has something to call.");
        HandlerModel? model = scope.HasErrors
            ? null
            : new HandlerModel(
                TypeNames.InCode(type),
                TypeNames.Full(type),
                type.Name,
                template.Text,
                template.Segments,
                options,
                new(constructorArguments),
                new(events),
                DisposalParser.Parse(scope),
                jsonRpc)
            {
                FilterAttributes = new(scope.Filters.Attributes),
            };
        return new(model, scope.Diagnostics, json.Context, json.Uses);
    }

    private static bool IsFiltered((WsEvent Event, IMethodSymbol Method) marked) => marked.Event != WsEvent.Upgrade;

    /// <summary>The attributes that make a class a handler, one for each route.</summary>
    public static IReadOnlyList<AttributeData> FindAttributes(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class
            ? [.. type.GetAttributes().Where(static attribute => attribute.AttributeClass.Is(WsAotTypes.WsRouteAttribute.Name))]
            : [];
}
