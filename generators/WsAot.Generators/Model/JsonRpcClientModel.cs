namespace WsAot.Generators.Model;

/// <summary>An interface marked <c>[JsonRpcClient]</c>: what a handler can call in the client.</summary>
/// <param name="InterfaceType">As code names it, from <c>global::</c> on.</param>
/// <param name="FullName">As a person names it: <c>MyApp.IChatClient</c>.</param>
/// <param name="Name">The interface's own name.</param>
/// <param name="TimeoutMs">How long a request waits for its answer; 0 stands for the default.</param>
/// <param name="Methods">Those of the interfaces it inherits, too, in the order of their names in JSON.</param>
internal sealed record JsonRpcClientModel(
    string InterfaceType,
    string FullName,
    string Name,
    int TimeoutMs,
    EquatableArray<JsonRpcMethodModel> Methods);
