using WsAot.Routing;

namespace WsAot.Limits;

/// <summary>The rate limits for connections of a route. Immutable: new options make new limits.</summary>
/// <param name="messages">The limit for messages, pings, pongs, and the calls of a JSON-RPC batch.</param>
/// <param name="bytes">The limit for their payloads, after decompression.</param>
/// <param name="closes">Whether a connection that exceeds them is closed; otherwise its reading pauses.</param>
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

    /// <summary>A burst belongs to its rate: a route with its own rate does not use the server's burst.</summary>
    private static Rate Resolve(int routeRate, int routeBurst, int serverRate, int serverBurst) => new(
        routeRate > 0 ? routeRate : serverRate,
        routeBurst > 0 || routeRate > 0 ? routeBurst : serverBurst);
}
