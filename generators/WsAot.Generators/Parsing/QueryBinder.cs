using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Binds parameters of constructors and [OnUpgrade] methods to values of the query.</summary>
internal sealed class QueryBinder(ParseScope scope)
{
    private readonly List<(IParameterSymbol Parameter, string Key)> _taken = [];

    public static bool IsMarked(IParameterSymbol parameter) => FindAttribute(parameter) is not null;

    /// <summary>Binds a parameter marked <c>[FromQuery]</c>, or reports why it cannot be.</summary>
    public Binding BindMarked(IParameterSymbol parameter, string owner, ParameterPlace place)
    {
        object? name = FindAttribute(parameter).Argument();
        string? problem = place == ParameterPlace.Event
                ? "the request is over when it is called; take the value in the constructor and keep it in a field"
            : name is "" ? "its name is empty; leave it out to take the parameter's own"
            : ModelOf(parameter) is null
                ? $"'{TypeNames.InMessage(parameter.Type)}' cannot be read from text; it can be a string, an enum, a type that implements "
                    + "IUtf8SpanParsable<T> or ISpanParsable<T>, or an array of these"
            : null;
        if (problem is null) return Bind(parameter, owner, name as string ?? parameter.Name);
        scope.ReportAt(parameter, DiagnosticDescriptors.InvalidQueryValue, parameter.Name, owner, problem);
        return default;
    }

    /// <summary>Binds a parameter of a simple type, or of an array of one, by its name.</summary>
    /// <returns>Null if it has another type.</returns>
    public Binding? TryBind(IParameterSymbol parameter, string owner) =>
        ModelOf(parameter) is null ? null : Bind(parameter, owner, parameter.Name);

    /// <summary>Reports parameters of a JSON-RPC method that are marked <c>[FromQuery]</c>.</summary>
    public static void ReportIn(ParseScope scope, IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters.Where(IsMarked))
        {
            scope.ReportAt(parameter, DiagnosticDescriptors.InvalidQueryValue, parameter.Name, method.Name,
                "the parameters of a [JsonRpcMethod] are in the message; take the value in the constructor and keep it in a field");
        }
    }

    private static AttributeData? FindAttribute(IParameterSymbol parameter) =>
        parameter.GetAttributes().Find(WsAotTypes.FromQueryAttribute.Name);

    private static ValueModel? ModelOf(IParameterSymbol parameter) => parameter.Type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => SimpleTypes.IsNullableValue(array.ElementType) ? null : SimpleTypes.Of(array.ElementType),
        // For 'params', generated code can only pass an array.
        _ when parameter.IsParams => null,
        _ => SimpleTypes.Of(parameter.Type),
    };

    /// <summary>The expression for a parameter that may be missing; null if it may not.</summary>
    public static string? DefaultOf(IParameterSymbol parameter) =>
        parameter.IsOptional ? ConstantText.DefaultOf(parameter)
        : parameter.Type.NullableAnnotation == NullableAnnotation.Annotated || SimpleTypes.IsNullableValue(parameter.Type) ? "null"
        : null;

    private Binding Bind(IParameterSymbol parameter, string owner, string key)
    {
        foreach ((IParameterSymbol other, string taken) in _taken)
        {
            if (taken != key || !SymbolEqualityComparer.Default.Equals(other.ContainingSymbol, parameter.ContainingSymbol)) continue;
            scope.ReportAt(parameter, DiagnosticDescriptors.DuplicateQueryValue, parameter.Name, owner, other.Name, key);
            return default;
        }

        _taken.Add((parameter, key));
        bool isArray = parameter.Type is IArrayTypeSymbol;
        bool canBeMissing = isArray
            || parameter.IsOptional
            || parameter.Type.NullableAnnotation == NullableAnnotation.Annotated
            || SimpleTypes.IsNullableValue(parameter.Type);
        string? missing = isArray || ConstantText.DefaultOf(parameter) is not { } text || text == "null" ? null : text;
        var query = new QueryModel(key, !canBeMissing, isArray, missing);
        return new Binding(new Argument(ArgumentSource.QueryValue, Value: ModelOf(parameter), Query: query), null);
    }
}
