using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Event methods that generated code cannot call.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventMethodAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.WrongReturnType,
        Rules.SeveralMethods,
        Rules.NoEvent,
        Rules.StaticOrInstance,
        Rules.UncallableMethod,
        Rules.AsyncVoid,
    ];
}
