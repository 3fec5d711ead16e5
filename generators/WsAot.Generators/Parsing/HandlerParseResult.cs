using Microsoft.CodeAnalysis;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>A mistake in a handler, for the analyzers.</summary>
internal sealed record Problem(DiagnosticDescriptor Rule, Location Location, IReadOnlyList<Location> Others, object[] Arguments);

/// <summary>
/// What became of a handler class. The generator takes the model and the analyzers the problems, so that they never disagree.
/// Without a model and without a problem, the code is wrong in a way that the compiler reports.
/// </summary>
internal sealed record HandlerParseResult(HandlerModel? Model, IReadOnlyList<Problem> Problems);
