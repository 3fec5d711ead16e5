namespace WsAot.Tests.Handlers;

/// <summary>An echo with limits of its own.</summary>
[WsRoute("/limited", MaxMessagesPerSecond = 4, RateLimitPolicy = RateLimitPolicy.Close, MaxConnectionLifetimeMs = 100_000)]
[WsRoute("/limited/loose", MaxMessagesPerSecond = int.MaxValue, MaxBytesPerSecond = int.MaxValue)]
[WsRoute("/limited/burst", MaxMessageBurst = 2)]
internal sealed class Limited(WsConnection connection)
{
    [OnText]
    public void Said(ReadOnlySpan<byte> utf8) => connection.Send(utf8);
}
