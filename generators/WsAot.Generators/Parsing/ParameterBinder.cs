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
        "it can be the WsConnection, the WsRequest, a CancellationToken, an IServiceProvider, a route value by its name "
            + "or a service (a class or an interface); a value of the query is read with WsRequest.GetQueryValue";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<IParameterSymbol> _clients = [];
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

    public IReadOnlyList<Argument> BindConstructor(IMethodSymbol constructor) =>
        Bind(constructor, scope.TypeName, parameter => BindClient(parameter) ?? BindAnywhere(parameter, scope.TypeName, upgrade: false));

    public IReadOnlyList<Argument> BindEvent(WsEvent kind, IMethodSymbol method, bool isAsynchronous)
    {
        var payload = new PayloadBinder(scope, kind, method, isAsynchronous);
        return Bind(method, method.Name, parameter =>
            kind != WsEvent.Upgrade && !IsRouteText(parameter) && payload.TryBind(parameter, out Binding binding)
                ? binding
                : BindAnywhere(parameter, method.Name, upgrade: kind == WsEvent.Upgrade));
    }

    private List<Argument> Bind(IMethodSymbol method, string owner, Func<IParameterSymbol, Binding> bind)
    {
        var arguments = new List<Argument>();
        bool leftOut = false;
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
            if (binding.Argument is { } argument) arguments.Add(leftOut ? argument with { Name = parameter.Name } : argument);
            else if (parameter.IsOptional || parameter.IsParams) leftOut = true;
            else if (binding.FailureReason is { } reason) ReportUnbound(parameter, owner, reason);
        }

        return arguments;
    }

    private void ReportUnbound(IParameterSymbol parameter, string owner, string reason) =>
        scope.ReportAt(parameter, DiagnosticDescriptors.UnboundParameter, parameter.Name, owner, reason);

    private Binding BindAnywhere(IParameterSymbol parameter, string owner, bool upgrade)
    {
        ITypeSymbol type = parameter.Type;
        if (type.Is(WsAotTypes.WsConnection.Name))
        {
            return upgrade
                ? Binding.Failed("there is no connection before the upgrade is accepted; take the WsRequest")
                : Source(ArgumentSource.Connection);
        }

        if (type.Is(WsAotTypes.WsRequest.Name)) return Source(ArgumentSource.Request);
        if (type.Is(SystemTypes.CancellationToken.Name)) return Source(ArgumentSource.CancellationToken);
        if (type.Is(SystemTypes.ServiceProvider.Name)) return Source(ArgumentSource.ServiceProvider);
        if (JsonRpcClients.InterfaceOf(type) is not null) return Binding.Failed("the constructor takes the client; keep it in a field");
        if (JsonRpcClients.IsTopic(type))
        {
            return Binding.Failed(
                $"'{TypeNames.InMessage(((INamedTypeSymbol)type).TypeArguments[0])}' is not an interface marked [JsonRpcClient]");
        }

        if (SegmentOf(parameter.Name) is { } segment) return BindRouteValue(parameter, segment);
        return (upgrade ? null : _upgradeValue?.TryBind(parameter)) ?? BindService(parameter, owner);
    }

    private Binding? BindClient(IParameterSymbol parameter)
    {
        if (JsonRpcClients.InterfaceOf(parameter.Type) is not { } client) return null;
        _clients.Add(parameter);
        return Source(JsonRpcClients.IsTopic(parameter.Type) ? ArgumentSource.JsonRpcTopic : ArgumentSource.JsonRpcClient, client);
    }

    private Binding BindRouteValue(IParameterSymbol parameter, int segment)
    {
        _taken.Add(parameter.Name);
        ITypeSymbol type = parameter.Type;
        bool isText = type.SpecialType == SpecialType.System_String;
        if (template.Segments[segment].Kind == SegmentKind.CatchAll)
        {
            return isText
                ? Source(ArgumentSource.RouteRest, segment: segment)
                : Binding.Failed($"'{{*{parameter.Name}}}' is all the rest of the path; take it as a string");
        }

        if (isText) return Source(ArgumentSource.RouteText, segment: segment);
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
        {
            return Source(ArgumentSource.RouteEnum, type, segment, EnumParser.Parse(enumeration));
        }

        // Without an offset in the value, their own parsers would take the time zone of the server.
        if (type.SpecialType == SpecialType.System_DateTime) return Source(ArgumentSource.RouteDateTime, type, segment);
        if (type.Is(SystemTypes.DateTimeOffset.Name)) return Source(ArgumentSource.RouteDateTimeOffset, type, segment);
        if (Implements(type, SystemTypes.Utf8SpanParsable.Name)) return Source(ArgumentSource.RouteUtf8Value, type, segment);
        if (Implements(type, SystemTypes.SpanParsable.Name)) return Source(ArgumentSource.RouteUtf16Value, type, segment);
        return Binding.Failed(
            $"'{{{parameter.Name}}}' is a route value, which can be a string, an enum "
                + "or a type that implements IUtf8SpanParsable<T> or ISpanParsable<T>");
    }

    private Binding BindService(IParameterSymbol parameter, string owner)
    {
        ITypeSymbol type = parameter.Type;
        if (IsKeyed(parameter))
        {
            scope.ReportAt(parameter, DiagnosticDescriptors.KeyedService, parameter.Name, owner);
            return default;
        }

        if (type.SpecialType == SpecialType.System_String
            || type.TypeKind == TypeKind.Enum
            || Implements(type, SystemTypes.Utf8SpanParsable.Name)
            || Implements(type, SystemTypes.SpanParsable.Name))
        {
            return NoSuchRouteValue(parameter);
        }

        if (type.TypeKind is not (TypeKind.Class or TypeKind.Interface or TypeKind.Delegate)
            || type.SpecialType == SpecialType.System_Object)
        {
            return Binding.Failed(Anything);
        }

        // The default of an optional parameter of a reference type can only be null.
        bool canBeMissing = type.NullableAnnotation == NullableAnnotation.Annotated || parameter.IsOptional;
        return Source(canBeMissing ? ArgumentSource.OptionalService : ArgumentSource.RequiredService, type);
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
        string query = $"; a value of the query is read with WsRequest.GetQueryValue(\"{parameter.Name}\")";
        string known = string.Join(", ", names.Select(static name => $"'{name}'"));
        return Binding.Failed(names.Length == 0
            ? $"{type} is a route value, and the template '{template.Text}' has none; add '{{{parameter.Name}}}' to it{query}"
            : $"{type} is a route value, and the template '{template.Text}' names {known}, case-sensitively{query}");
    }

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

    private static bool Implements(ITypeSymbol type, string selfInterface) =>
        type.AllInterfaces.Any(candidate =>
            candidate.Is(selfInterface) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));

    private static Binding Source(ArgumentSource source, ITypeSymbol? type = null, int segment = 0, EnumModel? enumeration = null) =>
        new(new Argument(source, null, type is null ? null : TypeNames.InCode(type), segment, enumeration), null);
}
