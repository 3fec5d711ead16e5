namespace WsAot.Soak.Operating;

/// <summary>The ends that a client of a server in operation may see (RFC 6455 section 7.4.1 and its registry).</summary>
internal static class EndCodes
{
    public const int Normal = 1000;

    /// <summary>Another process has taken over.</summary>
    public const int ServiceRestart = 1012;
}
