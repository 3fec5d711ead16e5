namespace WsAot.JsonRpc;

/// <summary>The errors of the server itself (JSON-RPC 2.0 section 5.1), and their messages.</summary>
internal static class JsonRpcErrorCode
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>The first code that the specification leaves to servers.</summary>
    public const int TooManyInFlight = -32000;

    public const int UnknownTopic = -32001;
    public const int SubscriptionRefused = -32002;
    public const int TooManyTopics = -32003;
    public const int TooManySubscriptions = -32004;
    public const int TopicFull = -32005;
    public const int TopicUnavailable = -32006;
    public const int TopicLost = -32007;

    /// <summary>From the Language Server Protocol, like <c>$/cancelRequest</c>.</summary>
    public const int Cancelled = -32800;

    /// <summary>The response to a call, up to the error's message. The error's data or its end follows.</summary>
    public static ReadOnlySpan<byte> ResponseOf(int code) => code switch
    {
        ParseError => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\""u8,
        InvalidRequest => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Invalid Request\""u8,
        MethodNotFound => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\""u8,
        InvalidParams => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"Invalid params\""u8,
        TooManyInFlight => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"Too many requests in flight\""u8,
        UnknownTopic => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Unknown topic\""u8,
        SubscriptionRefused => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32002,\"message\":\"Subscription refused\""u8,
        TooManyTopics => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32003,\"message\":\"Too many topics\""u8,
        TooManySubscriptions =>
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32004,\"message\":\"Too many subscriptions per second\""u8,
        TopicFull => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32005,\"message\":\"Topic is full\""u8,
        TopicUnavailable => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32006,\"message\":\"Topic unavailable\""u8,
        Cancelled => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32800,\"message\":\"Request cancelled\""u8,
        _ => "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"Internal error\""u8,
    };
}
