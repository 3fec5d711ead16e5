using Microsoft.CodeAnalysis;

namespace WsAot.Generators.Diagnostics;

/// <summary>
/// All diagnostics. An id is never reused; each has a page in docs/reference/diagnostics and a line in AnalyzerReleases. A message tells
/// the user what to do and why, with the names from their code.
/// </summary>
internal static class DiagnosticDescriptors
{
    public const string Category = "WsAot";

    private const string HelpPages = "https://github.com/wsaot/wsaot/blob/main/docs/reference/diagnostics/";

    public static readonly DiagnosticDescriptor AbstractHandler = Error(
        "WSA001",
        "A handler cannot be abstract",
        "Remove 'abstract' from '{0}', or mark a derived class: the server creates one object of the handler for each connection");

    public static readonly DiagnosticDescriptor GenericHandler = Error(
        "WSA002",
        "A handler cannot be generic",
        "Remove the type parameters from '{0}' and the classes around it, or derive a handler that names the types");

    public static readonly DiagnosticDescriptor InaccessibleHandler = Error(
        "WSA003",
        "A handler must be accessible",
        "Make '{0}' and the classes around it public or internal: generated code in another file creates it");

    public static readonly DiagnosticDescriptor StaticHandler = Error(
        "WSA004",
        "A handler cannot be static",
        "Remove 'static' from '{0}': the server creates one object of the handler for each connection");

    public static readonly DiagnosticDescriptor NoSingleConstructor = Error(
        "WSA005", "A handler needs one constructor", "Give '{0}' exactly one public or internal constructor: {1}");

    public static readonly DiagnosticDescriptor UnboundParameter = Error(
        "WSA006", "A parameter cannot be bound", "The parameter '{0}' of '{1}' cannot be bound: {2}");

    public static readonly DiagnosticDescriptor UnusedRouteParameter = Error(
        "WSA007",
        "A route parameter is not used",
        "Give '{1}' a constructor or method parameter named '{0}', or write '{{{0}}}' as a literal: no parameter takes this route value");

    public static readonly DiagnosticDescriptor DuplicateRouteParameter = Error(
        "WSA008", "A route parameter is named twice", "Rename one of the parameters '{0}' in the template '{1}'");

    public static readonly DiagnosticDescriptor InvalidTemplate = Error(
        "WSA009", "A template is not valid", "Correct the template '{0}': {1}");

    public static readonly DiagnosticDescriptor ConflictingRoutes = Error(
        "WSA010",
        "Two routes match the same paths",
        "Change the template '{0}' of '{1}' or the template '{3}' of '{2}': both match the same paths",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidReturnType = Error(
        "WSA011", "An event method has the wrong return type", "Let '{0}' return {1}");

    public static readonly DiagnosticDescriptor DuplicateEventMethod = Error(
        "WSA012", "Several methods take the same event", "Keep one [{0}] method in '{1}': both '{2}' and '{3}' are marked");

    public static readonly DiagnosticDescriptor SpanInAsynchronousMethod = Error(
        "WSA013",
        "A span cannot be used after an await",
        "Take '{0}' as ReadOnlyMemory<byte>, or let '{1}' return void: a ReadOnlySpan<byte> is valid only until the call returns");

    public static readonly DiagnosticDescriptor NoEventMethod = Error(
        "WSA014",
        "A handler handles no event",
        "Mark a method of '{0}' with [OnOpen], [OnText], [OnBinary], [OnPong], [OnDrained], [OnClose] or [JsonRpcMethod]: "
        + "it handles no event");

    public static readonly DiagnosticDescriptor InvalidOption = Error(
        "WSA015", "A route option is out of its range", "Correct {0}: {1}");

    public static readonly DiagnosticDescriptor StaticOrInstance = Error(
        "WSA016", "An event method has the wrong static modifier", "Make '{0}' {1}");

    public static readonly DiagnosticDescriptor UncallableMethod = Error(
        "WSA017",
        "An event method cannot be called",
        "Make '{0}' a public or internal method without type parameters: generated code calls it");

    public static readonly DiagnosticDescriptor UncalledEventMethod = Warning(
        "WSA018", "An event method is in no handler", "Mark {1} with {2}: nothing calls '{0}'", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidPayload = Error(
        "WSA019", "An event does not have this payload", "Change the parameter '{0}' of '{1}': {2}");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "WSA020",
        "An event method is async void",
        "Let '{0}' return Task or ValueTask: the server cannot see when an async void method ends, or what it throws");

    public static readonly DiagnosticDescriptor RequiredMembers = Error(
        "WSA021",
        "A handler has required members",
        "Take the value of '{0}' as a constructor parameter, or mark the constructor of '{1}' with [SetsRequiredMembers]");

    public static readonly DiagnosticDescriptor MissingJsonContext = Error(
        "WSA022",
        "A handler with JSON-RPC does not name a JSON context",
        "Add 'Json = typeof(...)' with a JsonSerializerContext to the [WsRoute] of '{0}': '{1}' uses JSON-RPC");

    public static readonly DiagnosticDescriptor TypeNotInContext = Error(
        "WSA023", "A JSON context does not name a type", "Add [JsonSerializable(typeof({0}))] to '{1}'{3}: {2} is of this type");

    public static readonly DiagnosticDescriptor DuplicateMethodName = Error(
        "WSA024",
        "Two methods have the same name in JSON-RPC",
        "Give '{0}' another name with [JsonRpcMethod(\"...\")]: '{2}' has the name '{1}' too");

    public static readonly DiagnosticDescriptor NotSerializable = Error(
        "WSA025", "A parameter or a result cannot be JSON", "Change {0}: {1}");

    public static readonly DiagnosticDescriptor InvalidClientInterface = Error(
        "WSA026", "A client interface has a member that is not a call", "Change '{0}': {1}");

    public static readonly DiagnosticDescriptor StreamWithoutCancellation = Error(
        "WSA027",
        "A stream cannot be cancelled",
        "Give '{0}' a CancellationToken parameter marked [EnumeratorCancellation]: it tells the stream that the client has cancelled it");

    public static readonly DiagnosticDescriptor TextEventWithJsonRpc = Error(
        "WSA028",
        "A handler takes text and speaks JSON-RPC",
        "Remove [OnText] from '{0}', or move JSON-RPC to another handler: with '{1}', every text message is JSON-RPC");

    public static readonly DiagnosticDescriptor InvalidJsonContext = Error(
        "WSA029",
        "Json does not name a usable JsonSerializerContext",
        "Let Json name a class derived from JsonSerializerContext: '{0}' {1}");

    public static readonly DiagnosticDescriptor ReservedName = Error(
        "WSA030", "A JSON-RPC method has an invalid name", "Give '{0}' another name: {1}");

    public static readonly DiagnosticDescriptor DuplicateClientMethodName = Error(
        "WSA031",
        "Two client interfaces of a handler share a name in JSON-RPC",
        "Give '{0}' of '{1}' another name with [JsonRpcMethod(\"...\")], or take only one of the two interfaces: '{3}' of '{4}' "
            + "has the name '{2}' too");

    public static readonly DiagnosticDescriptor WriteOnlyType = Error(
        "WSA032",
        "A JSON context cannot read a type",
        "Use JsonSourceGenerationMode.Default for '{2}' in '{1}': {0} is read, and JsonSourceGenerationMode.Serialization can only "
            + "write it");

    public static readonly DiagnosticDescriptor KeyedService = Error(
        "WSA033",
        "A parameter asks for a service by a key",
        "Remove [FromKeyedServices] from '{0}' of '{1}', and give the service a type of its own: WsAot finds services only by "
            + "their type");

    public static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "WSA034",
        "The language version is too old for a handler",
        "Set <LangVersion> to {1} or later, or remove it from the project: the code generated for '{0}' is C# {1}, and the project is "
            + "compiled as C# {2}");

    public static readonly DiagnosticDescriptor PayloadAsService = Warning(
        "WSA035",
        "A parameter looks like a message but is a service",
        "Take the message as {3} and deserialize it, {4}or take the service in the constructor: '{0}' of '{1}' asks for a registered "
            + "service of type '{2}', which looks like a message");

    public static readonly DiagnosticDescriptor TextOrRouteValue = Error(
        "WSA036",
        "A parameter could be the message or a route value",
        "Rename '{0}' of '{1}' to take the message, or take the route value '{0}' in the constructor of '{2}': a parameter with the name "
            + "of a route value gets that value, and no parameter of '{1}' takes the message");

    public static readonly DiagnosticDescriptor ParameterNeverGiven = Error(
        "WSA037",
        "An optional parameter can never be given a value",
        "The optional parameter '{0}' of '{1}' can never be given a value: {2}");

    public static readonly DiagnosticDescriptor InvalidQueryValue = Error(
        "WSA038", "A query value cannot be bound", "The parameter '{0}' of '{1}' cannot be a query value: {2}");

    public static readonly DiagnosticDescriptor DuplicateQueryValue = Error(
        "WSA039",
        "Two parameters take the same query value",
        "Give '{0}' of '{1}' another name with [FromQuery(\"...\")], or remove it: '{2}' takes the query value '{3}' already");

    public static readonly DiagnosticDescriptor UnseenRoutes = Warning(
        "WSA040",
        "The routes of a library cannot be seen from outside",
        "Write 'public static partial class WsRoutes;' in {1}, and combine the tables in the application with "
            + "WsRouteTable.Combine(WsRoutes.Table, {2}.Table): otherwise nothing serves '{0}'",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NoTopicClient = Error(
        "WSA041",
        "Topic has no proxy for an interface",
        "Correct the call of Topic<{0}>: {1}",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnusableFilter = Error(
        "WSA042",
        "Generated code cannot create a filter",
        "Make '{0}' and the types in its arguments internal or public, and not file-local: generated code creates it in another file");

    public static readonly DiagnosticDescriptor UncalledFilter = Error(
        "WSA043",
        "A filter is on a method that cannot have one",
        "Remove the filter from '{0}', or mark the method with [JsonRpcMethod] or with an event other than [OnUpgrade]: "
            + "the filter would never run");

    public static readonly DiagnosticDescriptor AsyncVoidFilter = Error(
        "WSA044",
        "A filter method is async void",
        "Override OnCallingAsync instead of an async void '{0}': the call would continue at the first await");

    public static readonly DiagnosticDescriptor ValueAsService = Warning(
        "WSA045",
        "A parameter looks like a query value but is a service",
        "The parameter '{0}' of '{1}' stays null unless {2} is registered as a service: for a query value, take an array or a string "
            + "in the constructor or in [OnUpgrade]");

    public static readonly DiagnosticDescriptor InvalidTopicInterface = Error(
        "WSA046", "A topic interface is not valid", "Change '{0}': {1}");

    public static readonly DiagnosticDescriptor InvalidRouteTopic = Error(
        "WSA047", "A route cannot offer a topic", "Change the Topics of '{0}': {1}");

    public static readonly DiagnosticDescriptor InvalidSubscribeMethod = Error(
        "WSA048", "An [OnSubscribe] method does not fit its topic", "Change '{0}': {1}");

    public static readonly DiagnosticDescriptor OptionWithoutEffect = Warning(
        "WSA049", "An option of topics has no effect", "Set {1}, or remove {0}: it has no effect without {1}");

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        Create(id, title, message, DiagnosticSeverity.Error, tags);

    private static DiagnosticDescriptor Warning(string id, string title, string message, params string[] tags) =>
        Create(id, title, message, DiagnosticSeverity.Warning, tags);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpPages + id + ".md", customTags: tags);
}
