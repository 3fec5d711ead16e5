using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports event methods that generated code cannot call.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventMethodAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.InvalidReturnType,
        DiagnosticDescriptors.DuplicateEventMethod,
        DiagnosticDescriptors.NoEventMethod,
        DiagnosticDescriptors.StaticOrInstance,
        DiagnosticDescriptors.UncallableMethod,
        DiagnosticDescriptors.AsyncVoid,
    ];
}
