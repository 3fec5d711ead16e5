namespace WsAot.Bench;

/// <summary>The options of <c>compare</c>.</summary>
internal sealed class BenchOptions : RunOptions
{
    /// <param name="hasCore">Whether processes can be started on a core; null: ask this machine.</param>
    /// <exception cref="FormatException">An option is wrong.</exception>
    public BenchOptions(ReadOnlySpan<string> args, Func<int, bool>? hasCore = null)
        : this(new CommandLine(args, Names("rounds", "peer", "json", "svg")), hasCore)
    {
    }

    private BenchOptions(CommandLine line, Func<int, bool>? hasCore)
        : base(line, seconds: 2, hasCore)
    {
        Rounds = line.Number("rounds", 5, 1, 1000);
        Peers = [.. line.All("peer").Select(Peer)];
        JsonFile = line.Get("json");
        SvgFile = line.Get("svg");
    }

    public int Rounds { get; }

    /// <summary>Servers that were built elsewhere: a name, and a command that contains <c>{port}</c>.</summary>
    public IReadOnlyList<(string Name, string Command)> Peers { get; }

    public string? JsonFile { get; }

    /// <summary>Where a picture of the results goes.</summary>
    public string? SvgFile { get; }

    private static (string Name, string Command) Peer(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !text.Contains("{port}", StringComparison.Ordinal))
        {
            throw new FormatException($"--peer is name=command with {{port}} in the command, not '{text}'.");
        }

        return (text[..equals], text[(equals + 1)..]);
    }
}
