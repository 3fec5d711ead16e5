namespace WsAot.Bench.Servers;

/// <summary>How to start a server.</summary>
/// <param name="Announces">Whether it prints that it listens; otherwise the bench tries to connect until it answers.</param>
internal sealed record Launch(string File, IReadOnlyList<string> Arguments, bool Announces = true);
