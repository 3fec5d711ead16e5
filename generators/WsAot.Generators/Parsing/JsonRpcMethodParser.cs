using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Checks the methods of a handler that are called by JSON-RPC, and says where their parameters come from.</summary>
internal sealed class JsonRpcMethodParser(ParseScope scope, JsonValueParser values)
{
    // JsonRpcParameters notes in so many bits which of them came.
    private const int MostParameters = 128;

    // Of whatever collection is marked params.
    private const string NoElements = "[]";

    /// <summary>The marked methods of a class and of those it derives from.</summary>
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

    /// <returns>The methods in the order of their names in JSON.</returns>
    public IReadOnlyList<JsonRpcMethodModel> Parse(IReadOnlyList<IMethodSymbol> methods)
    {
        (JsonRpcMethodModel Model, IMethodSymbol Method)[] parsed = [.. methods.Select(method => (Parse(method), method))];
        JsonRpcNames.ReportDuplicates(scope, parsed);
        return [.. parsed.Select(static method => method.Model).OrderBy(static method => method.Name, StringComparer.Ordinal)];
    }

    private JsonRpcMethodModel Parse(IMethodSymbol method)
    {
        CheckCallable(method);
        (JsonRpcReturn kind, ITypeSymbol? value) = JsonRpcReturns.Of(method);
        if (JsonRpcReturns.CanBeMissing(method, kind))
        {
            scope.ReportAt(method, DiagnosticDescriptors.InvalidReturnType, method.Name, "a task or a stream that is never null");
        }

        if (kind == JsonRpcReturn.Stream && !method.Parameters.Any(static parameter => parameter.Type.Is(SystemTypes.CancellationToken.Name)))
        {
            scope.ReportAt(method, DiagnosticDescriptors.StreamWithoutCancellation, method.Name);
        }

        if (method.Parameters.Length > MostParameters)
        {
            scope.ReportAt(method, DiagnosticDescriptors.NotSerializable, $"the parameters of '{method.Name}'", $"a call has up to {MostParameters}; take a record of them");
        }

        return new JsonRpcMethodModel(
            JsonRpcNames.Of(scope, method, JsonRpcNames.FindAttribute(method)),
            TypeNames.InCode(method.ContainingType),
            method.Name,
            kind,
            value is null ? null : values.ParseResult(value, method),
            new(method.Parameters.Select(Parse)));
    }

    private JsonRpcParameterModel Parse(IParameterSymbol parameter)
    {
        JsonRpcParameterModel model = values.ParseParameter(parameter, SourceOf(parameter.Type));
        // What a call in C# may leave out a message may, too.
        return parameter.IsParams ? model with { DefaultValue = NoElements } : model;
    }

    private void CheckCallable(IMethodSymbol method)
    {
        if (MethodRules.CanBeCalled(scope, method) && !MethodRules.IsAsyncVoid(scope, method) && method.IsStatic)
        {
            scope.ReportAt(method, DiagnosticDescriptors.StaticOrInstance, method.Name, "an instance method: it is called on the handler of the connection");
        }
    }

    // Route values and services are not given to these methods: a name or an interface would mean now this and now that.
    private static ArgumentSource? SourceOf(ITypeSymbol type) =>
        type.Is(WsAotTypes.WsConnection.Name) ? ArgumentSource.Connection
        : type.Is(WsAotTypes.WsRequest.Name) ? ArgumentSource.Request
        : type.Is(SystemTypes.CancellationToken.Name) ? ArgumentSource.CancellationToken
        : null;
}
