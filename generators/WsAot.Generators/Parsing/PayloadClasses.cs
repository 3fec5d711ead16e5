using Microsoft.CodeAnalysis;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Distinguishes classes that hold data, as a message does, from services.</summary>
internal static class PayloadClasses
{
    /// <summary>
    /// Whether it is a record, or a class that has public data and no public method of its own. Services are called, so they have methods.
    /// </summary>
    public static bool LookLike(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false } named) return false;
        if (named.IsRecord) return true;
        ISymbol[] members = [.. Inheritance.SelfAndBases(named).SelectMany(static current => current.GetMembers()).Where(IsOpen)];
        return members.Any(static member => member is IPropertySymbol or IFieldSymbol) && !members.Any(IsCalled);
    }

    private static bool IsOpen(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false };

    private static bool IsCalled(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false } or IEventSymbol;
}
