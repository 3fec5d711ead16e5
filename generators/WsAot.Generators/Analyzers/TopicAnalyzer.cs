using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Diagnostics;

namespace WsAot.Generators.Analyzers;

/// <summary>
/// Reports invalid topics, topics that a route cannot offer, [OnSubscribe] methods that fit no topic, and options without effect.
/// </summary>
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
