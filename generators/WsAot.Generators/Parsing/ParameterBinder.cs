using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Templates;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the argument for each parameter of a constructor or event method.</summary>
internal sealed class ParameterBinder(ParseScope scope, Template template)
{
    private const string Anything =
        "it can be the WsConnection, the WsServer, the WsRequest, a CancellationToken, an IServiceProvider, an ILogger<T>, "
            + "a route value by its name, a service (a class or an interface) or, in the constructor and in [OnUpgrade], a query value "
            + "(a string, a number, an enum, another type that can be parsed, or an array of these)";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<IParameterSymbol> _clients = [];
    private readonly QueryBinder _query = new(scope);
    private readonly UpgradeValue? _upgradeValue = UpgradeValue.Of(scope.Events);
    private bool _allTaken;

    /// <summary>The constructor parameters that take a client interface.</summary>
    public IReadOnlyList<IParameterSymbol> Clients => _clients;

    /// <summary>The value that [OnUpgrade] passes on, if no parameter takes it; otherwise null.</summary>
    public UpgradeValue? UntakenUpgradeValue => _allTaken || _upgradeValue is { IsTaken: true } ? null : _upgradeValue;

    /// <summary>Whether a parameter takes the route value, even if the parameter is invalid.</summary>
    public bool IsTaken(string routeParameter) => _allTaken || _taken.Contains(routeParameter);

    /// <summary>Treats all route values as taken, because it cannot be known which are.</summary>
    public void TakeAll() => _allTaken = true;

    public IReadOnlyList<Argument> BindConstructor(IMethodSymbol constructor) => Bind(
        constructor,
        scope.TypeName,
        parameter => BindClient(parameter) ?? BindAnywhere(parameter, scope.TypeName, ParameterPlace.Constructor));

    public IReadOnlyList<Argument> BindEvent(WsEvent kind, IMethodSymbol method, bool isAsynchronous)
    {
        if (kind == WsEvent.Upgrade)
        {
            return Bind(method, method.Name, parameter => BindAnywhere(parameter, method.Name, ParameterPlace.Upgrade));
        }

        var payload = new PayloadBinder(scope, kind, method, isAsynchronous);
        List<Argument> arguments = Bind(method, method.Name, parameter =>
            !IsRouteText(parameter) && !QueryBinder.IsMarked(parameter) && payload.TryBind(parameter, out Binding binding)
                ? binding
                : BindAnywhere(parameter, method.Name, ParameterPlace.Event));
        if (!payload.IsTaken) ReportMistakenPayload(kind, method);
        return arguments;
    }

    /// <summary>Reports a parameter that looks as if it were the payload, in a method that does not take the payload.</summary>
    private void ReportMistakenPayload(WsEvent kind, IMethodSymbol method)
    {
        if (kind is not (WsEvent.Text or WsEvent.Binary)) return;
        if (kind == WsEvent.Text && method.Parameters.FirstOrDefault(IsRouteText) is { } text)
        {
            scope.ReportAt(text, DiagnosticDescriptors.TextOrRouteValue, text.Name, method.Name, scope.TypeName);
        }

        // A method that takes both events gets the same message for both.
        bool isText = scope.Events.Any(marked =>
            marked.Event == WsEvent.Text && SymbolEqualityComparer.Default.Equals(marked.Method, method));
        foreach (IParameterSymbol parameter in method.Parameters.Where(static parameter => PayloadClasses.LookLike(parameter.Type)))
        {
            if (SegmentOf(parameter.Name) is not null || IsUpgradeValue(parameter)) continue;
            scope.ReportAt(
                parameter,
                DiagnosticDescriptors.PayloadAsService,
                parameter.Name,
                method.Name,
                TypeNames.InMessage(parameter.Type),
                isText ? "a string or a ReadOnlySpan<byte>" : "a ReadOnlySpan<byte>",
                isText ? "make the method a [JsonRpcMethod], " : "");
        }
    }

    private List<Argument> Bind(IMethodSymbol method, string owner, Func<IParameterSymbol, Binding> bind)
    {
        var arguments = new List<Argument>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            // Type parameters of a method are already reported as such.
            if (parameter.Type.TypeKind is TypeKind.Error or TypeKind.TypeParameter)
            {
                scope.MarkAsReportedElsewhere();
                _taken.Add(parameter.Name);
                _upgradeValue?.IsTaken = true;
                continue;
            }

            Binding binding = parameter.RefKind == RefKind.None
                ? bind(parameter)
                : Binding.Failed("it is passed by reference; take it by value");
            if (binding.Argument is { } argument) arguments.Add(argument);
            else if (binding.FailureReason is { } reason) ReportUnbound(parameter, owner, reason);
        }

        return arguments;
    }

    private void ReportUnbound(IParameterSymbol parameter, string owner, string reason) => scope.ReportAt(
        parameter,
        parameter.IsOptional || parameter.IsParams ? DiagnosticDescriptors.ParameterNeverGiven : DiagnosticDescriptors.UnboundParameter,
        parameter.Name,
        owner,
        reason);

    private Binding BindAnywhere(IParameterSymbol parameter, string owner, ParameterPlace place)
    {
        ITypeSymbol type = parameter.Type;
        if (QueryBinder.IsMarked(parameter)) return _query.BindMarked(parameter, owner, place);
        if (type.Is(WsAotTypes.WsConnection.Name))
        {
            return place == ParameterPlace.Upgrade
                ? Binding.Failed("there is no connection before the upgrade is accepted; take the WsRequest")
                : Source(ArgumentSource.Connection);
        }

        if (SourceOf(type) is { } source) return Source(source);
        if (type.Is(SystemTypes.LoggerOfT.Name)) return Source(ArgumentSource.Logger, ((INamedTypeSymbol)type).TypeArguments[0]);
        if (JsonRpcClients.InterfaceOf(type) is not null) return Binding.Failed("the constructor takes the client; keep it in a field");
        if (JsonRpcClients.IsTopic(type))
        {
            return Binding.Failed(
                $"'{TypeNames.InMessage(((INamedTypeSymbol)type).TypeArguments[0])}' is not an interface marked [JsonRpcClient]");
        }

        if (SegmentOf(parameter.Name) is { } segment) return BindRouteValue(parameter, segment);
        return (place == ParameterPlace.Upgrade ? null : _upgradeValue?.TryBind(parameter))
            ?? BindQueryValue(parameter, owner, place)
            ?? BindService(parameter, owner);
    }

    private static ArgumentSource? SourceOf(ITypeSymbol type) =>
        type.Is(WsAotTypes.WsServer.Name) ? ArgumentSource.Server
        : type.Is(WsAotTypes.WsRequest.Name) ? ArgumentSource.Request
        : type.Is(SystemTypes.CancellationToken.Name) ? ArgumentSource.CancellationToken
        : type.Is(SystemTypes.ServiceProvider.Name) ? ArgumentSource.ServiceProvider
        : null;

    private Binding? BindClient(IParameterSymbol parameter)
    {
        if (JsonRpcClients.InterfaceOf(parameter.Type) is not { } client) return null;
        _clients.Add(parameter);
        return Source(JsonRpcClients.IsTopic(parameter.Type) ? ArgumentSource.JsonRpcTopic : ArgumentSource.JsonRpcClient, client);
    }

    private Binding BindRouteValue(IParameterSymbol parameter, int segment)
    {
        _taken.Add(parameter.Name);
        ValueModel? value = SimpleTypes.Of(parameter.Type);
        if (template.Segments[segment].Kind == SegmentKind.CatchAll)
        {
            return value is { Kind: ValueKind.Text }
                ? Source(ArgumentSource.RouteRest, segment: segment)
                : Binding.Failed($"'{{*{parameter.Name}}}' is all the rest of the path; take it as a string");
        }

        return value is not null
            ? new Binding(new Argument(ArgumentSource.RouteValue, Segment: segment, Value: value), null)
            : Binding.Failed(
                $"'{{{parameter.Name}}}' is a route value, which can be a string, an enum "
                    + "or a type that implements IUtf8SpanParsable<T> or ISpanParsable<T>");
    }

    /// <returns>Null if it can only be a service.</returns>
    private Binding? BindQueryValue(IParameterSymbol parameter, string owner, ParameterPlace place)
    {
        if (IsKeyed(parameter))
        {
            scope.ReportAt(parameter, DiagnosticDescriptors.KeyedService, parameter.Name, owner);
            return default(Binding);
        }

        if (SimpleTypes.Of(parameter.Type) is not null && IsInAnotherTemplate(parameter.Name))
        {
            // Do not silently read it from the query on this route.
            return QueryBinder.DefaultOf(parameter) is { } value
                ? new Binding(new Argument(ArgumentSource.Default, value), null)
                : NoSuchRouteValue(parameter);
        }

        if (place != ParameterPlace.Event) return _query.TryBind(parameter, owner);
        return SimpleTypes.Of(parameter.Type) is null ? null : NoSuchRouteValue(parameter);
    }

    private bool IsInAnotherTemplate(string name) =>
        HandlerParser.FindAttributes(scope.Type).Any(route =>
            route.ConstructorArguments.FirstOrDefault().Value is string other
            && (other.Contains($"{{{name}}}") || other.Contains($"{{*{name}}}")));

    private Binding BindService(IParameterSymbol parameter, string owner)
    {
        ITypeSymbol type = parameter.Type;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Interface or TypeKind.Delegate)
            || type.SpecialType == SpecialType.System_Object)
        {
            return Binding.Failed(Anything);
        }

        if (type.Is(WsAotTypes.WsUpgrade.Name) || type.Is(WsAotTypes.WsUpgradeOfT.Name))
        {
            return Binding.Failed("the constructor is given the value in the answer of [OnUpgrade], the T of a WsUpgrade<T>; take that");
        }

        // The default of an optional parameter of a reference type can only be null.
        if (type.NullableAnnotation == NullableAnnotation.Annotated || parameter.IsOptional)
        {
            if (ValueTypes.LookLike(type))
            {
                string name = TypeNames.InMessage(type.WithNullableAnnotation(NullableAnnotation.None));
                scope.ReportAt(parameter, DiagnosticDescriptors.ValueAsService, parameter.Name, owner, name);
            }

            return Source(ArgumentSource.OptionalService, type);
        }

        var service = new ServiceModel(TypeNames.InMessage(type), parameter.Name);
        return new Binding(new Argument(ArgumentSource.RequiredService, TypeNames.InCode(type), Service: service), null);
    }

    // Users may derive their own attributes from it.
    private static bool IsKeyed(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(static attribute =>
            attribute.AttributeClass is { } type
                && Inheritance.SelfAndBases(type).Any(static current => current.Is(SystemTypes.FromKeyedServicesAttribute.Name)));

    private Binding NoSuchRouteValue(IParameterSymbol parameter)
    {
        // The template is invalid, so it may have been meant to contain the route value.
        if (template.Errors.Count > 0) return default;
        string[] names = [.. template.ParameterNames];
        string type = TypeNames.InMessage(parameter.Type);
        string query = $"; a query value is given to the constructor: take '{parameter.Name}' there and keep it in a field";
        string known = string.Join(", ", names.Select(static name => $"'{name}'"));
        return Binding.Failed(names.Length == 0
            ? $"{type} is a route value, and the template '{template.Text}' has none; add '{{{parameter.Name}}}' to it{query}"
            : $"{type} is a route value, and the template '{template.Text}' names {known}, case-sensitively{query}");
    }

    private bool IsUpgradeValue(IParameterSymbol parameter) =>
        _upgradeValue is { } value && SymbolEqualityComparer.Default.Equals(value.Type, parameter.Type);

    private bool IsRouteText(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_String && SegmentOf(parameter.Name) is not null;

    private int? SegmentOf(string name)
    {
        for (int i = 0; i < template.Segments.Count; i++)
        {
            if (template.Segments[i].Kind != SegmentKind.Literal && template.Segments[i].Text == name) return i;
        }

        return null;
    }

    private static Binding Source(ArgumentSource source, ITypeSymbol? type = null, int segment = 0) =>
        new(new Argument(source, type is null ? null : TypeNames.InCode(type), segment), null);
}
