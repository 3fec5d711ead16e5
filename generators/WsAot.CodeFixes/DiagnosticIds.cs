namespace WsAot.CodeFixes;

/// <summary>The ids of the diagnostics that have a fix. A test compares them with the descriptors of the same name.</summary>
internal static class DiagnosticIds
{
    public const string AbstractHandler = "WSA001";
    public const string InaccessibleHandler = "WSA003";
    public const string StaticHandler = "WSA004";
    public const string UnboundParameter = "WSA006";
    public const string UnusedRouteParameter = "WSA007";
    public const string InvalidReturnType = "WSA011";
    public const string SpanInAsynchronousMethod = "WSA013";
    public const string StaticOrInstance = "WSA016";
    public const string UncallableMethod = "WSA017";
    public const string AsyncVoid = "WSA020";
    public const string TypeNotInContext = "WSA023";
}
