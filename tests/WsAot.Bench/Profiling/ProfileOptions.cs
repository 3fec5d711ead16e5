namespace WsAot.Bench.Profiling;

/// <summary>The options of <c>profile</c>.</summary>
internal sealed class ProfileOptions : RunOptions
{
    /// <exception cref="FormatException">An option is wrong.</exception>
    public ProfileOptions(ReadOnlySpan<string> args)
        : this(new CommandLine(args, Names("transport", "tool", "top")))
    {
    }

    private ProfileOptions(CommandLine line)
        : base(line, seconds: 3)
    {
        if (Only.IsAll) Only = new Selection(["64 B, 1 in flight, binary"]);
        Transport = line.Get("transport") ?? "epoll";
        Tool = line.Get("tool") ?? "both";
        Top = line.Number("top", 20, 1, 1000);
        if (Transport is not ("epoll" or "sockets")) throw new FormatException($"--transport is epoll or sockets, not '{Transport}'.");
        if (Tool is not ("both" or "perf" or "callgrind")) throw new FormatException($"--tool is perf, callgrind or both, not '{Tool}'.");
    }

    public string Transport { get; }

    public string Tool { get; }

    /// <summary>The number of functions to print.</summary>
    public int Top { get; }
}
