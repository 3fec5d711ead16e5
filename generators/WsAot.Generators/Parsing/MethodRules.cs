using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Parsing;

/// <summary>What is asked of every method that generated code calls.</summary>
internal static class MethodRules
{
    /// <summary>Reports a method that cannot be called from another file of the assembly.</summary>
    public static bool CanBeCalled(ParseScope scope, IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.Ordinary && !method.IsGenericMethod && scope.IsAccessible(method)) return true;
        scope.ReportAt(method, DiagnosticDescriptors.UncallableMethod, method.Name);
        return false;
    }

    /// <summary>Reports a method whose end nobody can wait for.</summary>
    public static bool IsAsyncVoid(ParseScope scope, IMethodSymbol method)
    {
        // Where a method is partial, 'async' stands at its second part.
        if (!method.ReturnsVoid || !(method.PartialImplementationPart ?? method).IsAsync) return false;
        scope.ReportAt(method, DiagnosticDescriptors.AsyncVoid, method.Name);
        return true;
    }
}
