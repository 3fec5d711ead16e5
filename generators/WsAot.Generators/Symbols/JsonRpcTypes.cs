namespace WsAot.Generators.Symbols;

/// <summary>The types of the namespace <c>WsAot.JsonRpc</c>, which generated JSON-RPC dispatch derives from and calls.</summary>
/// <remarks>
/// The generator references none of these assemblies. It knows the names alone, and a test compares each of them with the real type.
/// Each nested class is one type: <c>Name</c> is its metadata name, every other constant is a member.
/// </remarks>
internal static class JsonRpcTypes
{
    internal static class JsonRpcRoute
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcRoute";
        public const string Invoke = "Invoke";
        public const string TrySubscribe = "TrySubscribe";
    }

    internal static class JsonRpcSubscription
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcSubscription";
        public const string Declaration = "Declaration";
        public const string Target = "Target";
    }

    internal static class JsonRpcPeer
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcPeer";
        public const string Handler = "Handler";
        public const string Connection = "Connection";
        public const string Client = "Client";
    }

    internal static class JsonRpcRequest
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcRequest";
        public const string Method = "Method";
        public const string TryBegin = "TryBegin";
        public const string ReadParameters = "ReadParameters";
        public const string Accept = "Accept";
        public const string Cancellation = "Cancellation";
        public const string Return = "Return";
        public const string ReturnStream = "ReturnStream";
        public const string TryEnter = "TryEnter";
        public const string Begin = "Begin";
        public const string EnterAsync = "EnterAsync";
    }

    internal static class JsonRpcParameters
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcParameters";
        public const string MoveNext = "MoveNext";
        public const string IsAt = "IsAt";
        public const string Get = "Get";
        public const string GetNotNull = "GetNotNull";
        public const string RefuseCurrent = "RefuseCurrent";
        public const string Require = "Require";
    }

    internal static class JsonRpcBinding
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcBinding";
        public const string TypeInfo = "TypeInfo";
        public const string Topic = "Topic";
    }

    internal static class JsonRpcTarget
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcTarget";
        public const string Begin = "Begin";
        public const string Notify = "Notify";
        public const string Publish = "Publish";
        public const string PublishAt = "PublishAt";
        public const string Request = "Request";
        public const string RequestNotNull = "RequestNotNull";
    }

    internal static class JsonRpcOutgoing
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcOutgoing";
        public const string Add = "Add";
    }
}
