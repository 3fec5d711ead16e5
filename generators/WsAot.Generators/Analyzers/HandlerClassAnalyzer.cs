using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports classes that cannot be handlers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerClassAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.AbstractHandler,
        DiagnosticDescriptors.GenericHandler,
        DiagnosticDescriptors.InaccessibleHandler,
        DiagnosticDescriptors.StaticHandler,
        DiagnosticDescriptors.NoSingleConstructor,
        DiagnosticDescriptors.RequiredMembers,
        DiagnosticDescriptors.LanguageTooOld,
    ];
}
