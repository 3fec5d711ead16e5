using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>The result of parsing a <c>[WsTopic]</c>. The model is null if there is an error.</summary>
internal sealed record TopicParseResult(TopicModel? Model, IReadOnlyList<DiagnosticInfo> Diagnostics);
