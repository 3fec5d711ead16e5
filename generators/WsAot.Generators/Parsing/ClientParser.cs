using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Turns an interface marked <c>[JsonRpcClient]</c> into its model, or into diagnostics.</summary>
internal sealed class ClientParser
{
    private readonly ParseScope _scope;
    private readonly JsonValueParser _values;
    private readonly List<IMethodSymbol> _methods = [];

    private ClientParser(ParseScope scope)
    {
        _scope = scope;
        _values = new JsonValueParser(scope);
    }

    public static ClientParseResult Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        var parser = new ClientParser(new ParseScope(type, attribute, compilation));
        // If nothing can implement the interface, errors in its members would only distract.
        JsonRpcClientModel? model = parser.CanBeImplemented() ? parser.Parse() : null;
        INamedTypeSymbol? context = JsonContextParser.Parse(parser._scope);
        TopicParseResult? topic = TopicParser.FindAttribute(type) is { } declared
            ? TopicParser.Parse(type, declared, parser._methods, compilation)
            : null;
        bool isValid = !parser._scope.HasErrors && (topic is null or { Model: not null });
        return new(
            isValid ? model : null,
            [.. parser._scope.Diagnostics, .. topic?.Diagnostics ?? []],
            context,
            topic?.Model,
            parser._values.Uses);
    }

    private bool CanBeImplemented()
    {
        INamedTypeSymbol type = _scope.Type;
        if (ContainingTypes.AnyIsGeneric(type))
        {
            _scope.Report(
                DiagnosticDescriptors.InvalidClientInterface, type.Name, "remove its type parameters, and those of the types around it");
        }

        if (!_scope.CanBeNamed(type))
        {
            _scope.Report(
                DiagnosticDescriptors.InvalidClientInterface,
                type.Name,
                "make it and the types around it public or internal: generated code implements it");
        }

        return !_scope.HasErrors;
    }

    private JsonRpcClientModel Parse()
    {
        INamedTypeSymbol type = _scope.Type;
        int timeoutMs = OptionsParser.Number(_scope, WsAotTypes.JsonRpcClientAttribute.TimeoutMs, int.MaxValue, zero: "30 seconds");
        var methods = new List<(JsonRpcMethodModel Model, IMethodSymbol Method)>();
        foreach (ISymbol member in type.AllInterfaces.Prepend(type).SelectMany(static declaring => declaring.GetMembers()))
        {
            // Default implementations need no generated code, and accessors are reported with their property.
            if (!member.IsAbstract || member is IMethodSymbol { AssociatedSymbol: not null }) continue;
            if (ProblemOf(member) is { } problem) Report(member, problem);
            else methods.Add((Parse((IMethodSymbol)member), (IMethodSymbol)member));
        }

        _methods.AddRange(methods.Select(static method => method.Method));
        JsonRpcNames.ReportDuplicates(_scope, methods);
        return new JsonRpcClientModel(
            TypeNames.InCode(type),
            TypeNames.Full(type),
            type.Name,
            timeoutMs,
            new(methods.Select(static method => method.Model).OrderBy(static method => method.Name, StringComparer.Ordinal)));
    }

    private JsonRpcMethodModel Parse(IMethodSymbol method)
    {
        PublishReturn publishes =
            TopicParser.FindAttribute(_scope.Type) is null ? PublishReturn.None : JsonRpcReturns.OfMessage(method);
        (JsonRpcReturn kind, ITypeSymbol? value) =
            publishes == PublishReturn.None ? JsonRpcReturns.Of(method) : (JsonRpcReturn.Void, null);
        if (kind is JsonRpcReturn.Value or JsonRpcReturn.Stream || JsonRpcReturns.CanReturnNull(method, kind))
        {
            Report(method, "let it return void, Task, Task<T>, ValueTask or ValueTask<T>, and never null");
            value = null;
        }

        int tokens = method.Parameters.Count(IsToken);
        if (publishes != PublishReturn.None && tokens > 0)
        {
            Report(method, "remove the CancellationToken: a published message cannot be cancelled");
        }
        else if (kind == JsonRpcReturn.Void && tokens > 0)
        {
            Report(method, "let it return Task, or remove the CancellationToken: the call does not wait for anything");
        }
        else if (tokens > 1)
        {
            Report(method, "let it take one CancellationToken");
        }

        return new JsonRpcMethodModel(
            JsonRpcNames.Of(_scope, method, JsonRpcNames.FindAttribute(method)),
            TypeNames.InCode(method.ContainingType),
            method.Name,
            kind,
            value is null ? null : _values.ParseResult(value, method),
            new(method.Parameters.Select(parameter =>
                _values.ParseParameter(parameter, IsToken(parameter) ? ArgumentSource.CancellationToken : null))))
        {
            Publishes = publishes,
        };
    }

    private void Report(ISymbol member, string correction) =>
        _scope.ReportAt(member, DiagnosticDescriptors.InvalidClientInterface, member.Name, correction);

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.Is(SystemTypes.CancellationToken.Name);

    private string? ProblemOf(ISymbol member) => member switch
    {
        _ when member.IsStatic => "remove it: a client has no static members",
        not IMethodSymbol => "make it a method: each call is a message",
        IMethodSymbol { IsGenericMethod: true } => "remove its type parameters: JSON has no place for them",
        _ when !_scope.IsAccessible(member) => "make it public or internal: generated code implements it",
        _ => null,
    };
}
