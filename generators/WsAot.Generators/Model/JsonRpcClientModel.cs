namespace WsAot.Generators.Model;

/// <summary>An interface marked <c>[JsonRpcClient]</c>: the methods that a handler can call on the client.</summary>
/// <param name="InterfaceType">The fully qualified name, with <c>global::</c>.</param>
/// <param name="FullName">With the namespace: <c>MyApp.IChatClient</c>.</param>
/// <param name="Name">Without the namespace.</param>
/// <param name="TimeoutMs">How long a request waits for its answer; 0 for the default.</param>
/// <param name="Methods">Its methods and those of the interfaces it inherits, sorted by JSON name.</param>
internal sealed record JsonRpcClientModel(
    string InterfaceType,
    string FullName,
    string Name,
    int TimeoutMs,
    EquatableArray<JsonRpcMethodModel> Methods);
