using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Checks the JSON-RPC methods of a handler and binds their parameters.</summary>
internal sealed class JsonRpcMethodParser(ParseScope scope, JsonValueParser values)
{
    // JsonRpcParameters has one bit for each parameter, to note which of them are present.
    private const int MostParameters = 128;

    /// <summary>The marked methods of a class and its base classes.</summary>
    public static IReadOnlyList<IMethodSymbol> Find(INamedTypeSymbol handler)
    {
        var found = new List<IMethodSymbol>();
        foreach (INamedTypeSymbol type in Inheritance.SelfAndBases(handler))
        {
            found.AddRange(DeclaredIn(type).Where(method => !found.Any(other => Inheritance.Overrides(other, method))).ToList());
        }

        return found;
    }

    public static IEnumerable<IMethodSymbol> DeclaredIn(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(static method => JsonRpcNames.FindAttribute(method) is not null);

    /// <returns>The methods, sorted by JSON name.</returns>
    public IReadOnlyList<JsonRpcMethodModel> Parse(IReadOnlyList<IMethodSymbol> methods)
    {
        (JsonRpcMethodModel Model, IMethodSymbol Method)[] parsed = [.. methods.Select(method => (Parse(method), method))];
        JsonRpcNames.ReportDuplicates(scope, parsed);
        return [.. parsed.Select(static method => method.Model).OrderBy(static method => method.Name, StringComparer.Ordinal)];
    }

    private JsonRpcMethodModel Parse(IMethodSymbol method)
    {
        CheckCallable(method);
        QueryBinder.ReportIn(scope, method);
        (JsonRpcReturn kind, ITypeSymbol? value) = JsonRpcReturns.Of(method);
        if (JsonRpcReturns.CanReturnNull(method, kind))
        {
            scope.ReportAt(method, DiagnosticDescriptors.InvalidReturnType, method.Name, "a task or a stream that is never null");
        }

        if (kind == JsonRpcReturn.Stream
            && !method.Parameters.Any(static parameter => parameter.Type.Is(SystemTypes.CancellationToken.Name)))
        {
            scope.ReportAt(method, DiagnosticDescriptors.StreamWithoutCancellation, method.Name);
        }

        if (method.Parameters.Length > MostParameters)
        {
            scope.ReportAt(
                method,
                DiagnosticDescriptors.NotSerializable,
                $"the parameters of '{method.Name}'",
                $"a call has up to {MostParameters}; take a record of them");
        }

        return new JsonRpcMethodModel(
            JsonRpcNames.Of(scope, method, JsonRpcNames.FindAttribute(method)),
            TypeNames.InCode(method.ContainingType),
            method.Name,
            kind,
            value is null ? null : values.ParseResult(value, method),
            new(method.Parameters.Select(Parse)))
        {
            Filters = scope.Filters.Of(method),
        };
    }

    private JsonRpcParameterModel Parse(IParameterSymbol parameter)
    {
        JsonRpcParameterModel model = values.ParseParameter(parameter, SourceOf(parameter.Type));
        // A message may omit whatever a call in C# may omit.
        return parameter.IsParams ? model with { DefaultValue = NoElements(parameter.Type) } : model;
    }

    // A collection expression needs C# 12; but so does each params parameter that is not an array.
    private static string NoElements(ITypeSymbol type) =>
        type is IArrayTypeSymbol array ? $"global::System.Array.Empty<{TypeNames.InJson(array.ElementType)}>()" : "[]";

    private void CheckCallable(IMethodSymbol method)
    {
        if (MethodRules.CanBeCalled(scope, method) && !MethodRules.IsAsyncVoid(scope, method) && method.IsStatic)
        {
            scope.ReportAt(
                method,
                DiagnosticDescriptors.StaticOrInstance,
                method.Name,
                "an instance method: it is called on the handler of the connection");
        }
    }

    // Route values and services are not bound here, because a parameter could then mean either one of them or a JSON value.
    private static ArgumentSource? SourceOf(ITypeSymbol type) =>
        type.Is(WsAotTypes.WsConnection.Name) ? ArgumentSource.Connection
        : type.Is(WsAotTypes.WsServer.Name) ? ArgumentSource.Server
        : type.Is(WsAotTypes.WsRequest.Name) ? ArgumentSource.Request
        : type.Is(SystemTypes.CancellationToken.Name) ? ArgumentSource.CancellationToken
        : null;
}
