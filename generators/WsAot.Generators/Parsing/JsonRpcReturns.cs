using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Classifies the return types of JSON-RPC methods.</summary>
internal static class JsonRpcReturns
{
    /// <returns>The kind, and the type of the value if there is one.</returns>
    public static (JsonRpcReturn Kind, ITypeSymbol? Value) Of(IMethodSymbol method)
    {
        ITypeSymbol type = method.ReturnType;
        if (method.ReturnsVoid) return (JsonRpcReturn.Void, null);
        if (type.Is(SystemTypes.Task.Name)) return (JsonRpcReturn.Task, null);
        if (type.Is(SystemTypes.ValueTask.Name)) return (JsonRpcReturn.ValueTask, null);
        if (type.Is(SystemTypes.TaskOfT.Name)) return (JsonRpcReturn.TaskOfValue, ArgumentOf(type));
        if (type.Is(SystemTypes.ValueTaskOfT.Name)) return (JsonRpcReturn.ValueTaskOfValue, ArgumentOf(type));
        if (type.Is(SystemTypes.AsyncEnumerable.Name)) return (JsonRpcReturn.Stream, ArgumentOf(type));
        return (JsonRpcReturn.Value, type);
    }

    /// <summary>What a method of an interface marked <c>[WsTopic]</c> returns to the publisher.</summary>
    public static PublishReturn OfMessage(IMethodSymbol method)
    {
        (JsonRpcReturn kind, ITypeSymbol? value) = Of(method);
        if (kind == JsonRpcReturn.ValueTask) return PublishReturn.Kept;
        bool isPosition = kind == JsonRpcReturn.ValueTaskOfValue && value.Is(WsAotTypes.WsTopicPosition.Name);
        return isPosition ? PublishReturn.Position : PublishReturn.None;
    }

    /// <summary>Whether the method could return null instead of a task or a stream.</summary>
    public static bool CanReturnNull(IMethodSymbol method, JsonRpcReturn kind) =>
        kind is not (JsonRpcReturn.Void or JsonRpcReturn.Value) && method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated;

    private static ITypeSymbol ArgumentOf(ITypeSymbol type) => ((INamedTypeSymbol)type).TypeArguments[0];
}
