namespace WsAot.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed class BenchOptions
{
    /// <exception cref="FormatException">An option is wrong.</exception>
    public BenchOptions(ReadOnlySpan<string> args)
    {
        CommandLine line = new(args, "only", "rounds", "seconds", "warmup", "peer", "json", "load-core", "server-core", "no-build!");
        Only = new Selection(line.All("only"));
        Rounds = line.Number("rounds", 5, 1, 1000);
        Seconds = line.Number("seconds", 2.0, 0.1, 3600);
        WarmupSeconds = line.Number("warmup", 0.5, 0.0, 3600);
        Peers = [.. line.All("peer").Select(Peer)];
        JsonFile = line.Get("json");
        ServerCore = line.Number("server-core", 0, 0, 1023);
        LoadCore = line.Number("load-core", 1, 0, 1023);
        IsBuilding = !line.Has("no-build");
        if (ServerCore == LoadCore) throw new FormatException("--server-core and --load-core name the same core: what is measured would include the waiting for the load.");
    }

    public Selection Only { get; }

    public int Rounds { get; }

    public double Seconds { get; }

    public double WarmupSeconds { get; }

    /// <summary>Servers that others built: a name and a command with <c>{port}</c> in it.</summary>
    public IReadOnlyList<(string Name, string Command)> Peers { get; }

    public string? JsonFile { get; }

    public int ServerCore { get; }

    public int LoadCore { get; }

    public bool IsBuilding { get; }

    private static (string Name, string Command) Peer(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !text.Contains("{port}", StringComparison.Ordinal)) throw new FormatException($"--peer is name=command with {{port}} in the command, not '{text}'.");
        return (text[..equals], text[(equals + 1)..]);
    }
}
