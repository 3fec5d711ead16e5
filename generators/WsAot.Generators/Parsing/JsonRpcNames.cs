using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds and checks the JSON names of methods.</summary>
internal static class JsonRpcNames
{
    public static AttributeData? FindAttribute(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass.Is(WsAotTypes.JsonRpcMethodAttribute.Name));

    /// <summary>The name that the attribute gives, or the name of the method.</summary>
    public static string Of(ParseScope scope, IMethodSymbol method, AttributeData? attribute)
    {
        if (attribute.Argument() is not string name) return method.Name;
        if (Problem(name) is { } problem) scope.ReportAt(method, DiagnosticDescriptors.ReservedName, method.Name, problem);
        return name;
    }

    public static void ReportDuplicates(ParseScope scope, IEnumerable<(JsonRpcMethodModel Model, IMethodSymbol Method)> methods)
    {
        foreach (var same in methods
            .GroupBy(static method => method.Model.Name, StringComparer.Ordinal)
            .Where(static same => same.Skip(1).Any()))
        {
            foreach ((_, IMethodSymbol method) in same.Skip(1))
            {
                scope.ReportAt(method, DiagnosticDescriptors.DuplicateMethodName, method.Name, same.Key, same.First().Method.Name);
            }
        }
    }

    private static string? Problem(string name)
    {
        if (name.Length == 0) return "it is empty";
        // JSON-RPC 2.0 section 4.
        if (name.StartsWith("rpc.", StringComparison.Ordinal))
        {
            return $"JSON-RPC reserves names that begin with 'rpc.', such as '{name}'";
        }

        if (name.StartsWith("$/", StringComparison.Ordinal))
        {
            return $"names that begin with '$/', such as '{name}', belong to the protocol: $/cancelRequest, $/progress, $/ping";
        }

        return IsUnicode(name) ? null : "it has half of a surrogate pair in it, which cannot be written in UTF-8";
    }

    private static bool IsUnicode(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (!char.IsSurrogatePair(name, i)) return false;
            i++;
        }

        return true;
    }
}
