namespace WsAot.Generators.Model;

/// <summary>A method that the client calls in a handler, or that a handler calls in the client.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="DeclaringType">The class or interface that declares it, as code names it.</param>
/// <param name="MethodName">The name in C#, without <c>@</c>.</param>
/// <param name="Result">The value, or that of each item; null where there is none.</param>
/// <param name="Parameters">All of them, in order; the position in JSON counts those that have a value.</param>
internal sealed record JsonRpcMethodModel(
    string Name,
    string DeclaringType,
    string MethodName,
    JsonRpcReturn Returns,
    JsonValueModel? Result,
    EquatableArray<JsonRpcParameterModel> Parameters);
