namespace WsAot.Generators.Symbols;

/// <summary>The types of the namespace <c>WsAot.Routing</c>, which generated routes derive from and call.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class RoutingTypes
{
    internal static class WsRouteTable
    {
        public const string Name = "WsAot.Routing.WsRouteTable";
        public const string Routes = "Routes";
        public const string Match = "Match";
        public const string CreateLogger = "CreateLogger";
        public const string Describe = "Describe";
        public const string CreateClient = "CreateClient";
    }

    internal static class WsRoute
    {
        public const string Name = "WsAot.Routing.WsRoute";
        public const string Events = "Events";
        public const string RequiredServices = "RequiredServices";
        public const string Topics = "Topics";
        public const string Accepts = "Accepts";
        public const string FindQueryError = "FindQueryError";
        public const string Create = "Create";
        public const string OnUpgrade = "OnUpgrade";
        public const string OnOpen = "OnOpen";
        public const string OnText = "OnText";
        public const string OnBinary = "OnBinary";
        public const string OnPong = "OnPong";
        public const string OnDrained = "OnDrained";
        public const string OnClose = "OnClose";
        public const string Dispose = "Dispose";
    }

    internal static class WsDescription
    {
        public const string Name = "WsAot.Routing.WsDescription";
        public const string Unpack = "Unpack";
    }

    internal static class WsServiceRequirement
    {
        public const string Name = "WsAot.Routing.WsServiceRequirement";
    }

    internal static class WsRouteOptions
    {
        public const string Name = "WsAot.Routing.WsRouteOptions";
        public const string Subprotocols = "Subprotocols";
        public const string MaxMessageBytes = "MaxMessageBytes";
        public const string MaxFragments = "MaxFragments";
        public const string MaxPendingOutputBytes = "MaxPendingOutputBytes";
        public const string Compression = "Compression";
        public const string SlowConsumer = "SlowConsumer";
        public const string MaxMessagesPerSecond = "MaxMessagesPerSecond";
        public const string MaxMessageBurst = "MaxMessageBurst";
        public const string MaxBytesPerSecond = "MaxBytesPerSecond";
        public const string MaxByteBurst = "MaxByteBurst";
        public const string RateLimitPolicy = "RateLimitPolicy";
        public const string MaxConnectionLifetimeMs = "MaxConnectionLifetimeMs";
        public const string MaxRequestsInFlight = "MaxRequestsInFlight";
        public const string MaxBatchLength = "MaxBatchLength";
        public const string MaxTopics = "MaxTopics";
        public const string MaxSubscribesPerSecond = "MaxSubscribesPerSecond";
    }

    internal static class WsTopicDeclaration
    {
        public const string Name = "WsAot.Routing.WsTopicDeclaration";
    }

    internal static class WsTopicValue
    {
        public const string Name = "WsAot.Routing.WsTopicValue";
        public const string Text = "Text";
        public const string TryParse = "TryParse";
    }

    internal static class WsHandlerEvents
    {
        public const string Name = "WsAot.Routing.WsHandlerEvents";
        public const string None = "None";
        public const string Upgrade = "Upgrade";
        public const string Open = "Open";
        public const string Text = "Text";
        public const string Binary = "Binary";
        public const string Pong = "Pong";
        public const string Drained = "Drained";
        public const string Close = "Close";
        public const string KeepsRequest = "KeepsRequest";
        public const string Asynchronous = "Asynchronous";
        public const string Disposable = "Disposable";
    }

    internal static class WsPath
    {
        public const string Name = "WsAot.Routing.WsPath";
        public const string Count = "Count";
    }

    internal static class WsPayload
    {
        public const string Name = "WsAot.Routing.WsPayload";
        public const string Span = "Span";
        public const string ToMemory = "ToMemory";
        public new const string ToString = "ToString";
        public const string Hold = "Hold";
    }

    // Its members are those of WsPayload, so that arguments are written in the same way.
    internal static class WsHeldPayload
    {
        public const string Name = "WsAot.Routing.WsHeldPayload";
        public const string Span = "Span";
        public const string ToMemory = "ToMemory";
        public new const string ToString = "ToString";
    }

    internal static class WsBinding
    {
        public const string Name = "WsAot.Routing.WsBinding";
        public new const string ToString = "ToString";
        public const string TryParseUtf8 = "TryParseUtf8";
        public const string TryParse = "TryParse";
        public const string ParseUtf8 = "ParseUtf8";
        public const string Parse = "Parse";
        public const string TryParseDateTime = "TryParseDateTime";
        public const string ParseDateTime = "ParseDateTime";
        public const string TryParseDateTimeOffset = "TryParseDateTimeOffset";
        public const string ParseDateTimeOffset = "ParseDateTimeOffset";
        public const string ToLower = "ToLower";
        public const string NextFlag = "NextFlag";
        public const string TryParseFlags = "TryParseFlags";
        public const string Upgrade = "Upgrade";
        public const string UpgradeValue = "UpgradeValue";
        public const string GetRequiredService = "GetRequiredService";
        public const string GetService = "GetService";
        public const string GetLogger = "GetLogger";
    }

    internal static class WsQuery
    {
        public const string Name = "WsAot.Routing.WsQuery";
        public const string Check = "Check";
        public const string CheckAll = "CheckAll";
        public const string Get = "Get";
        public const string GetOrNull = "GetOrNull";
        public const string GetAll = "GetAll";
    }
}
