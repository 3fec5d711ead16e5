using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the constructor that creates the handler, and binds its parameters.</summary>
internal static class ConstructorParser
{
    public static IReadOnlyList<Argument> Parse(ParseScope scope, ParameterBinder binder)
    {
        if (Find(scope) is not { } constructor)
        {
            // Without a constructor it is unknown which route values are unused, so none is reported.
            binder.TakeAll();
            return [];
        }

        ReportRequiredMember(scope, constructor);
        return binder.BindConstructor(constructor);
    }

    private static IMethodSymbol? Find(ParseScope scope)
    {
        IMethodSymbol[] accessible = [.. scope.Type.InstanceConstructors
            .Where(constructor => !IsCopyConstructor(constructor, scope.Type) && scope.IsAccessible(constructor))];
        if (accessible.Length == 1) return accessible[0];
        IMethodSymbol[] open = [.. accessible.Where(static constructor => constructor.DeclaredAccessibility == Accessibility.Public)];
        if (open.Length == 1) return open[0];
        string count = accessible.Length == 0 ? "it has none" : $"it has {accessible.Length}";
        scope.Report(DiagnosticDescriptors.NoSingleConstructor, scope.TypeName, count);
        return null;
    }

    private static bool IsCopyConstructor(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord
        && constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static void ReportRequiredMember(ParseScope scope, IMethodSymbol constructor)
    {
        if (constructor.GetAttributes().Any(static attribute => attribute.AttributeClass.Is(SystemTypes.SetsRequiredMembersAttribute.Name)))
        {
            return;
        }

        for (INamedTypeSymbol? type = scope.Type; type is not null; type = type.BaseType)
        {
            ISymbol? required = type.GetMembers()
                .FirstOrDefault(static member => member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true });
            if (required is null) continue;
            scope.ReportAt(required, DiagnosticDescriptors.RequiredMembers, required.Name, scope.TypeName);
            return;
        }
    }
}
