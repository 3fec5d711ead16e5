using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>
/// The result of parsing a handler class. The generator uses the model, the analyzers use the diagnostics; because both come from one
/// parse, they never disagree. If there is neither, the error is reported elsewhere, for example by the compiler.
/// </summary>
/// <param name="Context">The <c>JsonSerializerContext</c>, or null.</param>
/// <param name="JsonUses">The types that the context must list.</param>
internal sealed record HandlerParseResult(
    HandlerModel? Model, IReadOnlyList<DiagnosticInfo> Diagnostics, INamedTypeSymbol? Context, IReadOnlyList<JsonTypeUsage> JsonUses);
