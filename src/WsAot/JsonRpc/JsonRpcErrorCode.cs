namespace WsAot.JsonRpc;

/// <summary>The errors that the server itself answers with (JSON-RPC 2.0 section 5.1), and their messages.</summary>
internal static class JsonRpcErrorCode
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <summary>The first code that the specification leaves to servers.</summary>
    public const int TooManyInFlight = -32000;

    /// <summary>From the Language Server Protocol, like <c>$/cancelRequest</c>.</summary>
    public const int Cancelled = -32800;

    public static string MessageOf(int code) => code switch
    {
        ParseError => "Parse error",
        InvalidRequest => "Invalid Request",
        MethodNotFound => "Method not found",
        InvalidParams => "Invalid params",
        TooManyInFlight => "Too many requests in flight",
        Cancelled => "Request cancelled",
        _ => "Internal error",
    };
}
