using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Parsing;

/// <summary>Turns a class marked <c>[WsRoute]</c> into its model, or into the mistakes in it.</summary>
internal static class HandlerParser
{
    public static HandlerParseResult Parse(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var scope = new ParseScope(type, attribute, compilation);
        Template? template = OptionsParser.ParseTemplate(scope);
        RouteOptionsModel options = OptionsParser.ParseOptions(scope);
        // In a class that no object can be made of, what its members lack is not the mistake.
        if (!ClassParser.CanBeHandler(scope) || template is null) return new(null, scope.Diagnostics, null, []);

        cancellationToken.ThrowIfCancellationRequested();
        var json = new JsonRpcParser(scope);
        var binder = new ParameterBinder(scope, template);
        IReadOnlyList<Argument> constructorArguments = ConstructorParser.Parse(scope, binder);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EventMethod> events = EventParser.Parse(scope, binder, isCalledByJsonRpc: json.Methods.Count > 0);
        JsonRpcModel? jsonRpc = json.Parse(binder.Clients);
        foreach (string parameter in template.ParameterNames.Distinct().Where(name => !binder.IsTaken(name)))
        {
            scope.ReportAtArgument(null, null, DiagnosticDescriptors.UnusedRouteParameter, parameter, scope.TypeName);
        }

        // What a base class hands over is for those of its handlers that want it.
        if (binder.UntakenUpgradeValue is { } value && SymbolEqualityComparer.Default.Equals(value.Method.ContainingType, type))
        {
            scope.ReportAt(value.Method, DiagnosticDescriptors.InvalidReturnType, value.Method.Name,
                $"WsUpgrade, or give the constructor of '{scope.TypeName}' a parameter of type '{value.TypeInMessage}': nothing takes what it hands over");
        }

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
                jsonRpc);
        return new(model, scope.Diagnostics, json.Context, json.Uses);
    }

    /// <summary>The attribute that makes a class a handler.</summary>
    public static AttributeData? FindAttribute(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class
            ? type.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass.Is(WsAotTypes.WsRouteAttribute.Name))
            : null;
}
