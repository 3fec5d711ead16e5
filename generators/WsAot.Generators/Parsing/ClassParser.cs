using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Checks whether generated code can create an instance of the class.</summary>
internal static class ClassParser
{
    public static bool CanBeHandler(ParseScope scope)
    {
        INamedTypeSymbol type = scope.Type;
        int before = scope.Diagnostics.Count;
        if (type.IsStatic) scope.Report(DiagnosticDescriptors.StaticHandler, scope.TypeName);
        else if (type.IsAbstract) scope.Report(DiagnosticDescriptors.AbstractHandler, scope.TypeName);
        if (ContainingTypes.AnyIsGeneric(type)) scope.Report(DiagnosticDescriptors.GenericHandler, scope.TypeName);
        if (!scope.CanBeNamed(type)) scope.Report(DiagnosticDescriptors.InaccessibleHandler, scope.TypeName);
        return scope.Diagnostics.Count == before;
    }
}
