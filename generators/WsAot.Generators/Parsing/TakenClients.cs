using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The client interfaces that a handler takes. On the wire a call says its method and not its interface, so no two of them can have
/// methods of one name; but a method that two inherit is one.
/// </summary>
internal sealed class TakenClients(ParseScope scope)
{
    private readonly Dictionary<string, (JsonRpcMethodModel Method, JsonRpcClientModel Client)> _methods = new(StringComparer.Ordinal);

    /// <summary>Adds one, and reports where it says what another says already. The same one, be it in a topic, is no other.</summary>
    public void Add(JsonRpcClientModel client, IParameterSymbol parameter)
    {
        foreach (JsonRpcMethodModel method in client.Methods)
        {
            if (!_methods.TryGetValue(method.Name, out var first))
            {
                _methods.Add(method.Name, (method, client));
            }
            else if (method.DeclaringType != first.Method.DeclaringType || method.MethodName != first.Method.MethodName)
            {
                scope.ReportAt(parameter, DiagnosticDescriptors.DuplicateClientMethodName, method.MethodName, client.Name, method.Name, first.Method.MethodName, first.Client.Name);
            }
        }
    }
}
