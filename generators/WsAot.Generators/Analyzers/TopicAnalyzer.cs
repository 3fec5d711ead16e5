using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>Reports topics that cannot be declared, offered or asked about as they are, and options of them that have no effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TopicAnalyzer : HandlerAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.InvalidTopicInterface,
        DiagnosticDescriptors.InvalidRouteTopic,
        DiagnosticDescriptors.InvalidSubscribeMethod,
        DiagnosticDescriptors.OptionWithoutEffect,
    ];
}
