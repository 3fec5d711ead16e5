using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Parsing;

/// <summary>Checks that apply to every method that generated code calls.</summary>
internal static class MethodRules
{
    /// <summary>Whether generated code can call the method; if not, reports it.</summary>
    public static bool CanBeCalled(ParseScope scope, IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.Ordinary && !method.IsGenericMethod && scope.IsAccessible(method)) return true;
        scope.ReportAt(method, DiagnosticDescriptors.UncallableMethod, method.Name);
        return false;
    }

    /// <summary>Whether the method is async void; if so, reports it.</summary>
    public static bool IsAsyncVoid(ParseScope scope, IMethodSymbol method)
    {
        // For a partial method, 'async' is on the implementing part.
        if (!method.ReturnsVoid || !(method.PartialImplementationPart ?? method).IsAsync) return false;
        scope.ReportAt(method, DiagnosticDescriptors.AsyncVoid, method.Name);
        return true;
    }
}
