namespace WsAot;

/// <content>Limits for clients. docs/how-to/limits.md explains how to choose the values.</content>
public sealed partial class WsServerOptions
{
    /// <summary>
    /// The messages that one connection may send in a second, on average. Pings, pongs and the calls of a JSON-RPC batch count as messages.
    /// <see cref="RateLimitPolicy"/> decides what happens to a client that sends more. 0, the default, and 2,147,483,647: no limit. You can
    /// set it per route.
    /// </summary>
    public int MaxMessagesPerSecond { get; set; }

    /// <summary>
    /// The messages that a client may send at once after a silence: 0 to 2,147,483,647. 0, the default: one second's worth. A burst of less
    /// than a tenth of a second's worth slows clients down further, because the server checks the time only about 15 times a second. You
    /// can set it per route.
    /// </summary>
    public int MaxMessageBurst { get; set; }

    /// <summary>
    /// The bytes that one connection may send in a second, on average: the payloads of its messages, pings and pongs, decompressed. A
    /// message counts when it is complete. It may be larger than the burst: the client must then wait until the rate has made up for it. 0,
    /// the default, and 2,147,483,647: no limit. You can set it per route.
    /// </summary>
    public int MaxBytesPerSecond { get; set; }

    /// <summary>
    /// The bytes that a client may send at once after a silence: 0 to 2,147,483,647. 0, the default: one second's worth. You can set it per
    /// route.
    /// </summary>
    public int MaxByteBurst { get; set; }

    /// <summary>
    /// What happens to a client that exceeds these rates: <c>pause</c> (WsAot stops reading from it until it may send again, and meanwhile
    /// does not answer its pings) or <c>close</c> (with 1008). Default: pause. You can set it per route.
    /// </summary>
    public RateLimitPolicy RateLimitPolicy { get; set; } = RateLimitPolicy.Pause;

    /// <summary>
    /// The longest life of a connection, in milliseconds: 0 to 2,147,483,647. The connection is closed with 1012 at a random moment in the
    /// last tenth of this time, so that clients do not all reconnect at once. 0, the default: no limit. You can set it per route.
    /// </summary>
    public int MaxConnectionLifetimeMs { get; set; }

    /// <summary>
    /// The connections that one address may have open. An address is an IPv4 address or an IPv6 /64 network. Further connections are
    /// refused with 429. 0, the default: no limit.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; }

    /// <summary>
    /// The upgrades that one address may request in a second, on average. Further ones are refused with 429 and Retry-After. 0, the
    /// default, and 2,147,483,647: no limit.
    /// </summary>
    public int MaxUpgradesPerSecondPerAddress { get; set; }

    /// <summary>
    /// The upgrades that an address may request at once after a silence: 0 to 2,147,483,647. 0, the default: one second's worth.
    /// </summary>
    public int MaxUpgradeBurstPerAddress { get; set; }

    /// <summary>
    /// The upgrades that the server accepts in a second, on average, so that clients that reconnect after an outage come in at a rate that
    /// the server can serve. Further ones are refused with 503 and Retry-After, which spreads the clients' next attempts. 0, the default,
    /// and 2,147,483,647: no limit.
    /// </summary>
    public int MaxUpgradesPerSecond { get; set; }

    /// <summary>
    /// The upgrades that the server accepts at once after a silence: 0 to 2,147,483,647. 0, the default: one second's worth.
    /// </summary>
    public int MaxUpgradeBurst { get; set; }

    /// <summary>
    /// The connections that one user may have open. A method with <see cref="OnUpgradeAttribute"/> names the user (<see
    /// cref="WsUpgrade.WithUser"/>); connections without a user are not counted. 0, the default: no limit.
    /// </summary>
    public int MaxConnectionsPerUser { get; set; }

    /// <summary>
    /// What happens beyond <see cref="MaxConnectionsPerUser"/>: <c>refuse</c> (429) or <c>replace</c> (the user's oldest connection is
    /// closed with 1008). Default: refuse.
    /// </summary>
    public UserLimitPolicy UserLimitPolicy { get; set; } = UserLimitPolicy.Refuse;

    /// <summary>
    /// The memory that the process may use, in bytes: at least 33,554,432. Above 85 % of it, the server collects garbage and refuses
    /// upgrades with 503 and Retry-After; above 95 %, it closes the connections that hold the most memory until less than 85 % is used. 0,
    /// the default: the limit of the container (its control group), or that of the managed heap if it is lower; outside a container, no
    /// limit. -1: no limit.
    /// </summary>
    public long MaxMemoryBytes { get; set; }
}
