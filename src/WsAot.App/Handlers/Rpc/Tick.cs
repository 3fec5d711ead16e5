namespace WsAot.App.Handlers.Rpc;

/// <summary>What the clock says.</summary>
/// <param name="Number">Which tick it is, from 1.</param>
/// <param name="Time">When it came.</param>
internal sealed record Tick(int Number, DateTimeOffset Time);
