namespace WsAot.Bench.Profiling;

/// <summary>What was asked for on the command line of <c>profile</c>.</summary>
internal sealed class ProfileOptions
{
    /// <exception cref="FormatException">An option is wrong.</exception>
    public ProfileOptions(ReadOnlySpan<string> args)
    {
        CommandLine line = new(args, "only", "transport", "tool", "seconds", "warmup", "top", "server-core", "load-core", "no-build!");
        Only = new Selection(line.All("only") is { Count: > 0 } parts ? parts : ["64 B, 1 in flight, binary"]);
        Transport = line.Get("transport") ?? "epoll";
        Tool = line.Get("tool") ?? "both";
        Seconds = line.Number("seconds", 3.0, 0.1, 3600);
        WarmupSeconds = line.Number("warmup", 0.5, 0.0, 3600);
        Top = line.Number("top", 20, 1, 1000);
        ServerCore = line.Number("server-core", 0, 0, 1023);
        LoadCore = line.Number("load-core", 1, 0, 1023);
        IsBuilding = !line.Has("no-build");
        if (Transport is not ("epoll" or "sockets")) throw new FormatException($"--transport is epoll or sockets, not '{Transport}'.");
        if (Tool is not ("both" or "perf" or "callgrind")) throw new FormatException($"--tool is perf, callgrind or both, not '{Tool}'.");
    }

    public Selection Only { get; }

    public string Transport { get; }

    public string Tool { get; }

    public double Seconds { get; }

    public double WarmupSeconds { get; }

    /// <summary>Functions to print.</summary>
    public int Top { get; }

    public int ServerCore { get; }

    public int LoadCore { get; }

    public bool IsBuilding { get; }
}
