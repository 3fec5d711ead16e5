using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;
using WsAot.Generators.Symbols;

namespace WsAot.Generators.Parsing;

/// <summary>The handler class or client interface that is being parsed, and the diagnostics found so far.</summary>
internal sealed class ParseScope(INamedTypeSymbol type, AttributeData attribute, Compilation compilation)
{
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private IReadOnlyList<(WsEvent Event, IMethodSymbol Method)>? _events;
    private FilterParser? _filters;

    public INamedTypeSymbol Type { get; } = type;

    public AttributeData Attribute { get; } = attribute;

    public Compilation Compilation { get; } = compilation;

    public IReadOnlyList<DiagnosticInfo> Diagnostics => _diagnostics;

    /// <summary>Whether there is an error, including errors that are reported elsewhere.</summary>
    public bool HasErrors { get; private set; }

    public string TypeName => Type.Name;

    /// <summary>Whether code in the same assembly may use the symbol.</summary>
    public bool IsAccessible(ISymbol symbol) => Compilation.IsSymbolAccessibleWithin(symbol, Compilation.Assembly);

    /// <summary>Whether generated code, which is in a file of its own, may use the type.</summary>
    public bool CanBeNamed(INamedTypeSymbol type) => IsAccessible(type) && !ContainingTypes.AnyIsFileLocal(type);

    /// <summary>The methods of the handler that are marked with an event, including invalid ones.</summary>
    public IReadOnlyList<(WsEvent Event, IMethodSymbol Method)> Events => _events ??= EventMethods.Of(Type);

    /// <summary>The filters of the handler's methods.</summary>
    public FilterParser Filters => _filters ??= new FilterParser(this);

    /// <summary>Notes an error that is reported elsewhere: by the compiler, or where another type is parsed.</summary>
    public void MarkAsReportedElsewhere() => HasErrors = true;

    /// <summary>Reports a diagnostic at the identifier of the type.</summary>
    public void Report(DiagnosticDescriptor rule, params object[] arguments) => Report(rule, ClassLocation, arguments);

    /// <summary>
    /// Reports a diagnostic at a member or parameter of the type. A member of a base class is reported at this type instead, because the
    /// base class may be in another assembly, and the member may be valid for another handler.
    /// </summary>
    public void ReportAt(ISymbol symbol, DiagnosticDescriptor rule, params object[] arguments)
    {
        INamedTypeSymbol? owner = TypeLocation.DeclaringType(symbol);
        bool isOwn = SymbolEqualityComparer.Default.Equals(owner, Type);
        Location? declared = symbol.Locations.FirstOrDefault(static location => location.IsInSource);
        if (isOwn && declared is not null) Report(rule, declared, arguments);
        else Add(new DiagnosticInfo(rule, ClassLocation, declared is null ? [] : [declared], arguments));
    }

    /// <summary>
    /// Reports a diagnostic at an argument of the attribute: a property, or the template if <paramref name="property"/> is null.
    /// </summary>
    public void ReportAtArgument(string? property, int? element, DiagnosticDescriptor rule, params object[] arguments) =>
        Report(rule, AttributeLocation.Of(Attribute, property, element) ?? ClassLocation, arguments);

    private Location ClassLocation
    {
        get
        {
            SyntaxNode? marked = Attribute.ApplicationSyntaxReference?.GetSyntax();
            return marked?.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation() ?? Type.Locations[0];
        }
    }

    private void Report(DiagnosticDescriptor rule, Location location, object[] arguments) =>
        Add(new DiagnosticInfo(rule, location, [], arguments));

    private void Add(DiagnosticInfo diagnostic)
    {
        HasErrors |= diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        // A method that takes two events is parsed twice.
        if (!_diagnostics.Exists(diagnostic.IsSame)) _diagnostics.Add(diagnostic);
    }
}
