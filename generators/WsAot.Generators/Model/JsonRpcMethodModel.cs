namespace WsAot.Generators.Model;

/// <summary>A method that the client calls on a handler, or that a handler calls on the client.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="DeclaringType">The fully qualified name of the class or interface that declares it.</param>
/// <param name="MethodName">The name in C#, without <c>@</c>.</param>
/// <param name="Result">The result, or an item of a stream; null if there is none.</param>
/// <param name="Parameters">All parameters in order. The position in JSON counts only those that have a value.</param>
internal sealed record JsonRpcMethodModel(
    string Name,
    string DeclaringType,
    string MethodName,
    JsonRpcReturn Returns,
    JsonValueModel? Result,
    EquatableArray<JsonRpcParameterModel> Parameters)
{
    /// <summary>Null if it has none.</summary>
    public FilterChain? Filters { get; init; }

    /// <summary>What a message of a topic returns, which is <see cref="JsonRpcReturn.Void"/> otherwise.</summary>
    public PublishReturn Publishes { get; init; }

    /// <summary>Whether the call may keep running after the method, or the code around it, has returned.</summary>
    public bool IsAsynchronous =>
        Returns is not (JsonRpcReturn.Void or JsonRpcReturn.Value) || Filters is { IsAsynchronous: true };
}
