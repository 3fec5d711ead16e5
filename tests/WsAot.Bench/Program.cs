using WsAot.Bench;
using WsAot.Bench.Profiling;
using WsAot.Bench.Running;
using WsAot.TestKit.Reporting;

const string Usage =
    """
    Usage: compare [--only <part of scenario or server>[|<part>...]]... [--rounds 5] [--seconds 2] [--warmup 0.5] [--peer <name>=<command with {port}>]...
                   [--json <file>] [--svg <file>] [--server-core 0] [--load-core 1] [--no-build]
           idle, start: those parts of compare alone, with the same options
           profile [--only ...] [--transport epoll|sockets] [--tool perf|callgrind|both] [--seconds 3] [--top 20]: what the cost is made of
    --json gets every round's figures. --svg gets a picture: echoes as ratios to the limit, everything else in its unit.
    Every --only must match; --no-build takes what an earlier run left in artifacts/bench. A peer must echo at /echo; its command must itself be the
    server, since its process is the one that is measured: a script ends in exec. One with {certificate} and {key} in its command, which become PEM files,
    speaks TLS and takes part in those rows.
    Ends with 0, 1 if it could not measure all of it, 2 when an option is wrong.
    """;

try
{
    if (!OperatingSystem.IsLinux())
    {
        throw new BenchException("The bench needs Linux: it reads processes' CPU clocks and pins them to cores.");
    }

    return args switch
    {
        ["compare", .. string[] rest] => await CompareAsync(rest, static _ => true),
        ["idle", .. string[] rest] => await CompareAsync(rest, static name => name is Scenarios.IdleMemory or TlsScenarios.IdleMemory),
        ["start", .. string[] rest] => await CompareAsync(rest, static name => name == StartComparison.Name),
        ["profile", .. string[] rest] => await ProfileAsync(rest),
        _ => throw new FormatException("Say what to do."),
    };
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{Usage}");
    return 2;
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

static async Task<int> CompareAsync(string[] args, Func<string, bool> isTaken)
{
    using RunProgress progress = OnConsole();
    bool isWhole = await new CompareCommand(new BenchOptions(args), progress.Above(Console.Out), progress).RunAsync(isTaken);
    return isWhole ? 0 : 1;
}

static async Task<int> ProfileAsync(string[] args)
{
    using RunProgress progress = OnConsole();
    await new ProfileCommand(new ProfileOptions(args), progress.Above(Console.Out), progress).RunAsync();
    return 0;
}

// Between the measurements only: nothing runs beside them.
static RunProgress OnConsole() => RunProgress.OnConsole(refreshes: false);
