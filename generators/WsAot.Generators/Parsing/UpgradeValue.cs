using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The value that a handler's [OnUpgrade] method passes on to the constructor: the T of the <c>WsUpgrade&lt;T&gt;</c> that it returns.
/// </summary>
internal sealed class UpgradeValue
{
    private IParameterSymbol? _taker;

    private UpgradeValue(IMethodSymbol method, ITypeSymbol type) => (Method, Type) = (method, type);

    public IMethodSymbol Method { get; }

    public ITypeSymbol Type { get; }

    public string TypeInMessage => TypeNames.InMessage(Type);

    /// <summary>Whether a parameter takes it, even if the parameter is invalid.</summary>
    public bool IsTaken { get; set; }

    /// <returns>Null if the handler passes no value on.</returns>
    public static UpgradeValue? Of(IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> events)
    {
        foreach ((WsEvent kind, IMethodSymbol method) in events)
        {
            if (kind == WsEvent.Upgrade
                && AnswerOf(method.ReturnType) is INamedTypeSymbol answer
                && answer.Is(WsAotTypes.WsUpgradeOfT.Name)
                && answer.TypeArguments[0] is { TypeKind: not TypeKind.Error } type)
            {
                return new UpgradeValue(method, type);
            }
        }

        return null;
    }

    /// <summary>The result type of a task, or the type itself.</summary>
    public static ITypeSymbol AnswerOf(ITypeSymbol returned) =>
        returned.Is(SystemTypes.TaskOfT.Name) || returned.Is(SystemTypes.ValueTaskOfT.Name)
            ? ((INamedTypeSymbol)returned).TypeArguments[0]
            : returned;

    /// <returns>Null if the parameter has another type.</returns>
    public Binding? TryBind(IParameterSymbol parameter)
    {
        if (!SymbolEqualityComparer.Default.Equals(parameter.Type, Type)) return null;
        bool isSecond = _taker is not null
            && !SymbolEqualityComparer.Default.Equals(_taker, parameter)
            && SymbolEqualityComparer.Default.Equals(_taker.ContainingSymbol, parameter.ContainingSymbol);
        if (isSecond)
        {
            return Binding.Failed(
                $"'{_taker!.Name}' takes what '{Method.Name}' hands over already; mark this one [FromQuery] if it is a value of the query");
        }

        IsTaken = true;
        _taker = parameter;
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            return Binding.Failed($"what '{Method.Name}' hands over is given to the constructor; keep it in a field");
        }

        if (Type.NullableAnnotation == NullableAnnotation.Annotated
            && parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated)
        {
            return Binding.Failed($"'{Method.Name}' may hand over null; take a '{TypeInMessage}'");
        }

        return new Binding(new Argument(ArgumentSource.UpgradeValue, TypeNames.InCode(Type)), null);
    }
}
