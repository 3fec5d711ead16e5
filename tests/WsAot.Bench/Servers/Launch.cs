namespace WsAot.Bench.Servers;

/// <summary>How a server is started.</summary>
/// <param name="Announces">Whether it says on its standard output that it listens; otherwise it is asked until it answers.</param>
internal sealed record Launch(string File, IReadOnlyList<string> Arguments, bool Announces = true);
