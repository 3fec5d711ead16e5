namespace WsAot.App.Handlers.Rpc;

/// <summary>One tick of the clock.</summary>
/// <param name="Number">The number of the tick, from 1.</param>
/// <param name="Time">The time of the tick.</param>
internal sealed record Tick(int Number, DateTimeOffset Time);
