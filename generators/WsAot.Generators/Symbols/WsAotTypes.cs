namespace WsAot.Generators.Symbols;

/// <summary>The types of the namespace <c>WsAot</c> that the generator looks for in a handler, or names in generated code.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class WsAotTypes
{
    internal static class WsRouteAttribute
    {
        public const string Name = "WsAot.WsRouteAttribute";
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
        public const string Json = "Json";
        public const string MaxRequestsInFlight = "MaxRequestsInFlight";
        public const string MaxBatchLength = "MaxBatchLength";
        public const string Topics = "Topics";
        public const string MaxTopics = "MaxTopics";
        public const string MaxSubscribesPerSecond = "MaxSubscribesPerSecond";
    }

    internal static class WsTopicAttribute
    {
        public const string Name = "WsAot.WsTopicAttribute";
        public const string History = "History";
        public const string HistorySeconds = "HistorySeconds";
        public const string HistoryBytes = "HistoryBytes";
        public const string Presence = "Presence";
        public const string MaxPresent = "MaxPresent";
    }

    internal static class WsTopicOptions
    {
        public const string Name = "WsAot.WsTopicOptions";
        public const string History = "History";
        public const string HistorySeconds = "HistorySeconds";
        public const string HistoryBytes = "HistoryBytes";
        public const string Presence = "Presence";
        public const string MaxPresent = "MaxPresent";
    }

    internal static class OnSubscribeAttribute
    {
        public const string Name = "WsAot.OnSubscribeAttribute";
    }

    internal static class JsonRpcMethodAttribute
    {
        public const string Name = "WsAot.JsonRpcMethodAttribute";
    }

    internal static class JsonRpcClientAttribute
    {
        public const string Name = "WsAot.JsonRpcClientAttribute";
        public const string TimeoutMs = "TimeoutMs";
        public const string Json = "Json";
    }

    internal static class WsTopicPosition
    {
        public const string Name = "WsAot.WsTopicPosition";
    }

    internal static class WsTopic
    {
        public const string Name = "WsAot.WsTopic`1";
        public const string Others = "Others";
    }

    internal static class OnUpgradeAttribute
    {
        public const string Name = "WsAot.OnUpgradeAttribute";
    }

    internal static class OnOpenAttribute
    {
        public const string Name = "WsAot.OnOpenAttribute";
    }

    internal static class OnTextAttribute
    {
        public const string Name = "WsAot.OnTextAttribute";
    }

    internal static class OnBinaryAttribute
    {
        public const string Name = "WsAot.OnBinaryAttribute";
    }

    internal static class OnPongAttribute
    {
        public const string Name = "WsAot.OnPongAttribute";
    }

    internal static class OnDrainedAttribute
    {
        public const string Name = "WsAot.OnDrainedAttribute";
    }

    internal static class OnCloseAttribute
    {
        public const string Name = "WsAot.OnCloseAttribute";
    }

    internal static class WsServer
    {
        public const string Name = "WsAot.WsServer";
        public const string Topic = "Topic";
    }

    internal static class WsMetadataAttribute
    {
        public const string Name = "WsAot.WsMetadataAttribute";
    }

    internal static class WsFilterAttribute
    {
        public const string Name = "WsAot.WsFilterAttribute";
        public const string OnCallingAsync = "OnCallingAsync";
    }

    internal static class WsCall
    {
        public const string Name = "WsAot.WsCall";
    }

    internal static class WsCallKind
    {
        public const string Name = "WsAot.WsCallKind";
        public const string JsonRpcRequest = "JsonRpcRequest";
        public const string Open = "Open";
        public const string Text = "Text";
        public const string Binary = "Binary";
        public const string Pong = "Pong";
        public const string Drained = "Drained";
        public const string Close = "Close";
    }

    internal static class WsConnection
    {
        public const string Name = "WsAot.WsConnection";
        public const string Services = "Services";
        public const string ConnectionClosed = "ConnectionClosed";
        public const string KeptRequest = "KeptRequest";
        public const string Server = "Server";
    }

    internal static class FromQueryAttribute
    {
        public const string Name = "WsAot.FromQueryAttribute";
    }

    internal static class WsRequest
    {
        public const string Name = "WsAot.WsRequest";
        public const string RouteSegment = "RouteSegment";
        public const string RouteRest = "RouteRest";
        public const string GetQueryValue = "GetQueryValue";
    }

    internal static class WsClose
    {
        public const string Name = "WsAot.WsClose";
    }

    internal static class WsUpgrade
    {
        public const string Name = "WsAot.WsUpgrade";
    }

    internal static class WsUpgradeOfT
    {
        public const string Name = "WsAot.WsUpgrade`1";
    }

    internal static class WsCompression
    {
        public const string Name = "WsAot.WsCompression";
    }

    internal static class SlowConsumerPolicy
    {
        public const string Name = "WsAot.SlowConsumerPolicy";
    }

    internal static class RateLimitPolicy
    {
        public const string Name = "WsAot.RateLimitPolicy";
    }
}
