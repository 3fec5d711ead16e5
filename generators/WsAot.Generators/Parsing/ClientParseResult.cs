using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>What became of a client interface; without a model, it has a mistake.</summary>
/// <param name="Uses">The types that the context of each handler that takes it has to name.</param>
internal sealed record ClientParseResult(JsonRpcClientModel? Model, IReadOnlyList<DiagnosticInfo> Diagnostics, IReadOnlyList<JsonTypeUsage> Uses);
