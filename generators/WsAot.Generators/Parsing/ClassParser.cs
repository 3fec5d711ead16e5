using Microsoft.CodeAnalysis;
using WsAot.Generators.Analyzers;

namespace WsAot.Generators.Parsing;

/// <summary>Whether generated code can make an object of the class.</summary>
internal static class ClassParser
{
    public static bool CanBeHandler(HandlerScope scope)
    {
        INamedTypeSymbol type = scope.Type;
        int before = scope.Problems.Count;
        if (type.IsStatic) scope.Report(Rules.StaticHandler, scope.TypeName);
        else if (type.IsAbstract) scope.Report(Rules.AbstractHandler, scope.TypeName);
        if (Surroundings.AreGeneric(type)) scope.Report(Rules.GenericHandler, scope.TypeName);
        if (!Surroundings.CanBeNamed(scope, type)) scope.Report(Rules.InaccessibleHandler, scope.TypeName);
        return scope.Problems.Count == before;
    }
}
