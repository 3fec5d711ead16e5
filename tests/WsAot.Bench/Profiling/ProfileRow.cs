namespace WsAot.Bench.Profiling;

/// <summary>A function and its own share of the whole, 0 to 1.</summary>
internal readonly record struct ProfileRow(double Share, CodeOwner Owner, string Symbol);
