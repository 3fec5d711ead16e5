namespace WsAot.Dashboard;

/// <summary>What does not change while the server runs, or not often.</summary>
/// <param name="Version">The version of the application.</param>
/// <param name="Transport">The transport.</param>
/// <param name="Loops">The number of loops.</param>
/// <param name="Urls">Where clients connect.</param>
/// <param name="StartedMs">When it was started, in milliseconds since 1970.</param>
/// <param name="MaxConnections">The connections that there may be.</param>
/// <param name="IsReady">Whether it takes new connections.</param>
internal sealed record ServerInfo(
    string Version, string Transport, int Loops, string[] Urls, long StartedMs, int MaxConnections, bool IsReady);
