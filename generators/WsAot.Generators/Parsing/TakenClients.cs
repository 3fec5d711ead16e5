using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The client interfaces that a handler takes. A message contains the name of the method but not of the interface, so the names must be
/// unique across all interfaces. A method that two interfaces inherit counts once.
/// </summary>
internal sealed class TakenClients(ParseScope scope)
{
    private readonly Dictionary<string, (JsonRpcMethodModel Method, JsonRpcClientModel Client)> _methods = new(StringComparer.Ordinal);

    /// <summary>Adds an interface and reports duplicate names. A handler may take the same interface again, or as a topic.</summary>
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
                scope.ReportAt(
                    parameter,
                    DiagnosticDescriptors.DuplicateClientMethodName,
                    method.MethodName,
                    client.Name,
                    method.Name,
                    first.Method.MethodName,
                    first.Client.Name);
            }
        }
    }
}
