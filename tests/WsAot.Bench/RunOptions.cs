using WsAot.Bench.Servers;

namespace WsAot.Bench;

/// <summary>The options of all commands.</summary>
internal abstract class RunOptions
{
    private const int MaxCore = 1023;

    /// <param name="hasCore">Whether processes can be started on a core; null: ask this machine.</param>
    /// <exception cref="FormatException">An option is wrong.</exception>
    protected RunOptions(CommandLine line, double seconds, Func<int, bool>? hasCore = null)
    {
        Only = new Selection(line.All("only"));
        Seconds = line.Number("seconds", seconds, 0.1, 3600);
        WarmupSeconds = line.Number("warmup", 0.5, 0.0, 3600);
        ServerCore = line.Number("server-core", 0, 0, MaxCore);
        LoadCore = line.Number("load-core", 1, 0, MaxCore);
        IsBuilding = !line.Has("no-build");
        if (ServerCore == LoadCore)
        {
            throw new FormatException(
                "--server-core and --load-core name the same core: what is measured would include the waiting for the load.");
        }

        foreach ((string name, int core) in new[] { ("server-core", ServerCore), ("load-core", LoadCore) })
        {
            if (!(hasCore ?? CpuAffinity.Has)(core))
            {
                throw new FormatException($"--{name} is {core}, and there is no such core, or the bench may not use it.");
            }
        }
    }

    public Selection Only { get; protected init; }

    public double Seconds { get; }

    public double WarmupSeconds { get; }

    public int ServerCore { get; }

    public int LoadCore { get; }

    public bool IsBuilding { get; }

    protected static string[] Names(params ReadOnlySpan<string> more) =>
        ["only", "seconds", "warmup", "server-core", "load-core", "no-build!", .. more];
}
