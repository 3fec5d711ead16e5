using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>
/// What became of a handler class. The generator takes the model and the analyzers the problems, so that they never disagree.
/// Without a model and without a problem, the code is wrong in a way that is reported elsewhere.
/// </summary>
/// <param name="Context">The <c>JsonSerializerContext</c>, or null.</param>
/// <param name="JsonUses">The types that it has to name.</param>
internal sealed record HandlerParseResult(
    HandlerModel? Model, IReadOnlyList<DiagnosticInfo> Diagnostics, INamedTypeSymbol? Context, IReadOnlyList<JsonTypeUsage> JsonUses);
