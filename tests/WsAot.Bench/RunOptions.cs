namespace WsAot.Bench;

/// <summary>What all commands can be told.</summary>
internal abstract class RunOptions
{
    private const int MaxCore = 1023;

    /// <exception cref="FormatException">An option is wrong.</exception>
    protected RunOptions(CommandLine line, double seconds)
    {
        Only = new Selection(line.All("only"));
        Seconds = line.Number("seconds", seconds, 0.1, 3600);
        WarmupSeconds = line.Number("warmup", 0.5, 0.0, 3600);
        ServerCore = line.Number("server-core", 0, 0, MaxCore);
        LoadCore = line.Number("load-core", 1, 0, MaxCore);
        IsBuilding = !line.Has("no-build");
        if (ServerCore == LoadCore)
            throw new FormatException("--server-core and --load-core name the same core: what is measured would include the waiting for the load.");
    }

    public Selection Only { get; protected init; }

    public double Seconds { get; }

    public double WarmupSeconds { get; }

    public int ServerCore { get; }

    public int LoadCore { get; }

    public bool IsBuilding { get; }

    protected static string[] Names(params ReadOnlySpan<string> more) => ["only", "seconds", "warmup", "server-core", "load-core", "no-build!", .. more];
}
