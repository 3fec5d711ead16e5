namespace WsAot.Soak.Checks;

/// <summary>How a healthy connection may end: the client closed and got an answer, or the server stopped and sent 1001.</summary>
internal static class EndCheck
{
    /// <summary>RFC 6455 section 7.4.1: an endpoint that goes away.</summary>
    public const int GoingAway = 1001;

    /// <param name="code">The code of the server's close frame; null if TCP ended without one.</param>
    /// <param name="isStopping">Whether the server had been told to stop.</param>
    public static bool OnUnasked(string who, int? code, bool isStopping, Faults faults)
    {
        if (isStopping && code == GoingAway) return true;
        faults.Add(isStopping
            ? $"{who}: the server stopped and said {Name(code)}, not 1001"
            : $"{who}: the server ended a healthy connection with {Name(code)}");
        return false;
    }

    private static string Name(int? code) => code is { } known ? $"close code {known}" : "no close frame";
}
