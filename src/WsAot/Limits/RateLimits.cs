using WsAot.Routing;

namespace WsAot.Limits;

/// <summary>The rates that connections of a route are held to. Immutable: other options make other limits.</summary>
/// <param name="messages">Messages, pings, pongs, and the calls of a JSON-RPC batch.</param>
/// <param name="bytes">Their payloads, decompressed.</param>
/// <param name="closes">Whether a peer that sends more is closed; else it is not read until it may send again.</param>
internal sealed class RateLimits(Rate messages, Rate bytes, bool closes)
{
    public Rate Messages { get; } = messages;

    public Rate Bytes { get; } = bytes;

    public bool Closes { get; } = closes;

    /// <summary>The limits of a route; null if it has none.</summary>
    public static RateLimits? For(WsRouteOptions route, WsServerOptions server)
    {
        Rate messages = Resolve(
            route.MaxMessagesPerSecond, route.MaxMessageBurst, server.MaxMessagesPerSecond, server.MaxMessageBurst);
        Rate bytes = Resolve(route.MaxBytesPerSecond, route.MaxByteBurst, server.MaxBytesPerSecond, server.MaxByteBurst);
        if (!messages.IsLimited && !bytes.IsLimited) return null;
        RateLimitPolicy policy = route.RateLimitPolicy == RateLimitPolicy.Default ? server.RateLimitPolicy : route.RateLimitPolicy;
        return new RateLimits(messages, bytes, policy == RateLimitPolicy.Close);
    }

    /// <summary>A burst belongs to its rate: a route with a rate of its own does not take the server's burst.</summary>
    private static Rate Resolve(int routeRate, int routeBurst, int serverRate, int serverBurst) => new(
        routeRate > 0 ? routeRate : serverRate,
        routeBurst > 0 || routeRate > 0 ? routeBurst : serverBurst);
}
