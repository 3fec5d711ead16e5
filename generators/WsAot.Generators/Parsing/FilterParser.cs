using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>Finds the filters of a handler's methods, and the attributes that these filters can read.</summary>
internal sealed class FilterParser(ParseScope scope)
{
    private readonly List<AttributeData> _attributes = [];
    private readonly List<string> _expressions = [];

    // Those of the assembly and of the class and its base classes, which all methods share.
    private readonly List<Placed> _shared =
    [
        .. Effective([scope.Compilation.Assembly]),
        .. Effective([.. Inheritance.SelfAndBases(scope.Type).Reverse()]),
    ];

    /// <summary>The attributes of all chains, as expressions that create them.</summary>
    public IReadOnlyList<string> Attributes => _expressions;

    /// <returns>Null if the method has no filter. Then nothing can read its other attributes either.</returns>
    public FilterChain? Of(IMethodSymbol method)
    {
        List<Placed> all = [.. _shared, .. Effective(SelfAndOverridden(method))];
        INamedTypeSymbol[] filters = [.. all.Select(static placed => placed.Type).Where(IsFilter)];
        if (filters.Length == 0) return null;
        var indices = new List<int>();
        foreach (Placed placed in all)
        {
            int index = _attributes.IndexOf(placed.Attribute);
            indices.Add(index >= 0 ? index : Add(placed, method));
        }

        return new FilterChain(new(indices), filters.Any(IsAsynchronous));
    }

    /// <summary>Reports filters on methods around which they would never run.</summary>
    public void ReportUncalled(IReadOnlyList<IMethodSymbol> called)
    {
        IEnumerable<ISymbol> members = Inheritance.SelfAndBases(scope.Type).SelectMany(static type => type.GetMembers());
        foreach (IMethodSymbol method in members.OfType<IMethodSymbol>())
        {
            if (!method.GetAttributes().Any(static attribute => attribute.AttributeClass is { } type && IsFilter(type))) continue;
            if (called.Any(other => SymbolEqualityComparer.Default.Equals(other, method) || Inheritance.Overrides(other, method))) continue;
            scope.ReportAt(method, DiagnosticDescriptors.UncalledFilter, method.Name);
        }
    }

    private int Add(Placed placed, IMethodSymbol method)
    {
        string? expression = AttributeText.Of(placed.Attribute, scope);
        _attributes.Add(placed.Attribute);
        _expressions.Add(expression ?? "null");
        if (expression is not null) return _expressions.Count - 1;
        // Reported once, although several methods may share the attribute.
        if (AttributeText.HasErrors(placed.Attribute)) scope.MarkAsReportedElsewhere();
        else if (placed.Place is IMethodSymbol) scope.ReportAt(method, DiagnosticDescriptors.UnusableFilter, placed.Type.Name);
        else scope.Report(DiagnosticDescriptors.UnusableFilter, placed.Type.Name);
        return _expressions.Count - 1;
    }

    /// <summary>
    /// The attributes of a class or method together with those that it inherits, as <see cref="AttributeUsageAttribute"/> says.
    /// </summary>
    /// <param name="places">The base classes or overridden methods first.</param>
    private static List<Placed> Effective(ISymbol[] places)
    {
        var effective = new List<Placed>();
        for (int i = 0; i < places.Length; i++)
        {
            foreach (AttributeData attribute in places[i].GetAttributes())
            {
                if (attribute.AttributeClass is not { } type || !Derives(type, WsAotTypes.WsMetadataAttribute.Name)) continue;
                AttributeData? usage = UsageOf(type);
                bool isOwn = i == places.Length - 1;
                if (!isOwn && usage.Property(SystemTypes.AttributeUsageAttribute.Inherited) is false) continue;
                if (usage.Property(SystemTypes.AttributeUsageAttribute.AllowMultiple) is not true)
                {
                    effective.RemoveAll(other => SymbolEqualityComparer.Default.Equals(other.Type, type));
                }

                effective.Add(new Placed(attribute, type, places[i]));
            }
        }

        return effective;
    }

    private static ISymbol[] SelfAndOverridden(IMethodSymbol method)
    {
        var methods = new List<ISymbol>();
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod) methods.Insert(0, current);
        return [.. methods];
    }

    private static AttributeData? UsageOf(INamedTypeSymbol type) =>
        Inheritance.SelfAndBases(type)
            .Select(static current => current.GetAttributes().Find(SystemTypes.AttributeUsageAttribute.Name))
            .FirstOrDefault(static usage => usage is not null);

    private static bool IsFilter(INamedTypeSymbol type) => Derives(type, WsAotTypes.WsFilterAttribute.Name);

    private static bool IsAsynchronous(INamedTypeSymbol type) =>
        Inheritance.SelfAndBases(type)
            .TakeWhile(static current => !current.Is(WsAotTypes.WsFilterAttribute.Name))
            .Any(static current => current.GetMembers(WsAotTypes.WsFilterAttribute.OnCallingAsync)
                .Any(static member => member is IMethodSymbol { IsOverride: true }));

    private static bool Derives(INamedTypeSymbol type, string name) => Inheritance.SelfAndBases(type).Any(current => current.Is(name));

    private readonly record struct Placed(AttributeData Attribute, INamedTypeSymbol Type, ISymbol Place);
}
