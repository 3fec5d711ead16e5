namespace WsAot;

/// <content>What clients may do. docs/how-to/limits.md says how to choose the values.</content>
public sealed partial class WsServerOptions
{
    /// <summary>
    /// The messages that one connection may send in a second, on average. Pings, pongs and the calls of a JSON-RPC batch count as messages.
    /// A client that sends more is treated as <see cref="RateLimitPolicy"/> says. 0, the default, and 2,147,483,647: no limit. You can set
    /// it per route.
    /// </summary>
    public int MaxMessagesPerSecond { get; set; }

    /// <summary>
    /// The messages that a client which was silent may send at once: 0 to 2,147,483,647. 0, the default: one second's worth. Less than a
    /// tenth of a second's worth slows clients down further, since the server looks at the time about 15 times a second. You can set it per
    /// route.
    /// </summary>
    public int MaxMessageBurst { get; set; }

    /// <summary>
    /// The bytes that one connection may send in a second, on average: the payloads of its messages, pings and pongs, decompressed. A
    /// message counts when it is complete, and may be larger than the burst: the client then waits until it is paid for. 0, the default,
    /// and 2,147,483,647: no limit. You can set it per route.
    /// </summary>
    public int MaxBytesPerSecond { get; set; }

    /// <summary>
    /// The bytes that a client which was silent may send at once: 0 to 2,147,483,647. 0, the default: one second's worth. You can set it
    /// per route.
    /// </summary>
    public int MaxByteBurst { get; set; }

    /// <summary>
    /// What happens to a client that sends more than these rates: <c>pause</c> (it is not read until it may send again; its pings are not
    /// answered meanwhile) or <c>close</c> (with 1008). Default: pause. You can set it per route.
    /// </summary>
    public RateLimitPolicy RateLimitPolicy { get; set; } = RateLimitPolicy.Pause;

    /// <summary>
    /// How old a connection may become, in milliseconds: 0 to 2,147,483,647. It is closed with 1012 at a moment of its own in the last
    /// tenth of that, so that clients do not all come back at once. 0, the default: any age. You can set it per route.
    /// </summary>
    public int MaxConnectionLifetimeMs { get; set; }

    /// <summary>
    /// The connections that one address may have open: an IPv4 address, or an IPv6 network of 64 bits. Further ones are refused with 429.
    /// 0, the default: any number.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; }

    /// <summary>
    /// The upgrades that one address may ask for in a second, on average. Further ones are refused with 429 and Retry-After. 0, the
    /// default, and 2,147,483,647: no limit.
    /// </summary>
    public int MaxUpgradesPerSecondPerAddress { get; set; }

    /// <summary>
    /// The upgrades that an address which has asked for none may ask for at once: 0 to 2,147,483,647. 0, the default: one second's worth.
    /// </summary>
    public int MaxUpgradeBurstPerAddress { get; set; }

    /// <summary>
    /// The upgrades that the server accepts in a second, on average, so that a crowd that comes back after an outage is let in at a rate it
    /// can serve. Further ones are refused with 503 and Retry-After, which spreads them. 0, the default, and 2,147,483,647: no limit.
    /// </summary>
    public int MaxUpgradesPerSecond { get; set; }

    /// <summary>The upgrades that are accepted at once after a rest: 0 to 2,147,483,647. 0, the default: one second's worth.</summary>
    public int MaxUpgradeBurst { get; set; }

    /// <summary>
    /// The connections that one user may have open. A method with <see cref="OnUpgradeAttribute"/> names the user (<see
    /// cref="WsUpgrade.WithUser"/>); other connections are not counted. 0, the default: any number.
    /// </summary>
    public int MaxConnectionsPerUser { get; set; }

    /// <summary>
    /// What happens beyond <see cref="MaxConnectionsPerUser"/>: <c>refuse</c> (429) or <c>replace</c> (the user's oldest connection is
    /// closed with 1008). Default: refuse.
    /// </summary>
    public UserLimitPolicy UserLimitPolicy { get; set; } = UserLimitPolicy.Refuse;

    /// <summary>
    /// The memory that the process may use, in bytes: at least 33,554,432. Beyond 85 % of it, garbage is collected and upgrades are refused
    /// with 503 and Retry-After; beyond 95 %, the connections that hold most are closed until it is below 85 %. 0, the default: what the
    /// container allows (its control group), or the limit of the managed heap if that is lower; no limit outside of a container. -1: no
    /// limit.
    /// </summary>
    public long MaxMemoryBytes { get; set; }
}
