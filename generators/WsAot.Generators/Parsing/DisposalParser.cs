using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds out how a handler is disposed.</summary>
internal static class DisposalParser
{
    public static DisposalModel? Parse(ParseScope scope) =>
        Parse(scope, SystemTypes.AsyncDisposable.Name, isAsynchronous: true)
        ?? Parse(scope, SystemTypes.Disposable.Name, isAsynchronous: false);

    // Call the method of the class if possible: a call through the interface would link all implementations in the application.
    private static DisposalModel? Parse(ParseScope scope, string name, bool isAsynchronous)
    {
        if (scope.Type.AllInterfaces.FirstOrDefault(candidate => candidate.Is(name)) is not { } found) return null;
        var method = scope.Type.FindImplementationForInterfaceMember(found.GetMembers()[0]) as IMethodSymbol;
        bool canBeCalled = method is { MethodKind: MethodKind.Ordinary } && scope.IsAccessible(method);
        return new DisposalModel(isAsynchronous, canBeCalled ? TypeNames.InCode(method!.ContainingType) : null);
    }
}
