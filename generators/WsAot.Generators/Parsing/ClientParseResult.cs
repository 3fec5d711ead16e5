using Microsoft.CodeAnalysis;
using WsAot.Generators.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Parsing;

/// <summary>The result of parsing a client interface. The model is null if there is an error.</summary>
/// <param name="Context">The <c>JsonSerializerContext</c> that its own attribute names, or null.</param>
/// <param name="Topic">Its topics; null if it declares none.</param>
/// <param name="Uses">The types that the JSON context of each handler that takes the interface must list.</param>
internal sealed record ClientParseResult(
    JsonRpcClientModel? Model,
    IReadOnlyList<DiagnosticInfo> Diagnostics,
    INamedTypeSymbol? Context,
    TopicModel? Topic,
    IReadOnlyList<JsonTypeUsage> Uses);
