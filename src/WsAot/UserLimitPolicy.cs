namespace WsAot;

/// <summary>What happens when a user opens more connections than <see cref="WsServerOptions.MaxConnectionsPerUser"/>.</summary>
public enum UserLimitPolicy
{
    /// <summary>The new connection is refused with 429.</summary>
    Refuse,

    /// <summary>The user's oldest connection is closed with 1008, and the new one takes its place.</summary>
    Replace,
}
