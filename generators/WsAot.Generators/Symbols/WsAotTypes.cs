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
        public const string Json = "Json";
        public const string MaxRequestsInFlight = "MaxRequestsInFlight";
        public const string MaxBatchLength = "MaxBatchLength";
    }

    internal static class JsonRpcMethodAttribute
    {
        public const string Name = "WsAot.JsonRpcMethodAttribute";
    }

    internal static class JsonRpcClientAttribute
    {
        public const string Name = "WsAot.JsonRpcClientAttribute";
        public const string TimeoutMs = "TimeoutMs";
    }

    internal static class WsTopic
    {
        public const string Name = "WsAot.WsTopic`1";
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

    internal static class WsConnection
    {
        public const string Name = "WsAot.WsConnection";
        public const string Services = "Services";
        public const string ConnectionClosed = "ConnectionClosed";
        public const string KeptRequest = "KeptRequest";
        public const string Server = "Server";
    }

    internal static class WsRequest
    {
        public const string Name = "WsAot.WsRequest";
        public const string RouteSegment = "RouteSegment";
        public const string RouteRest = "RouteRest";
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
}
