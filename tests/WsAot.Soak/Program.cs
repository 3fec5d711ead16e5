using WsAot.Soak;
using WsAot.Soak.Abusing;
using WsAot.Soak.Soaking;

const string Usage =
    """
    Usage: soak  --server <file> [--minutes 10] [--transport auto|epoll|sockets] [--compression none|shared|dedicated] [--seed 1] [--restarts 3]
           abuse --server <file> [--connections 1000] [--hold-seconds 8] [--transport ...] [--compression ...] [--together yes|no]
                 [--only <part of a kind's name>]
    Ends with 0 if nothing was wrong, 1 if something was, 2 when an option is wrong.
    """;

try
{
    return args switch
    {
        ["soak", .. string[] rest] => await SoakAsync(rest) ? 0 : 1,
        ["abuse", .. string[] rest] => await AbuseAsync(rest) ? 0 : 1,
        _ => throw new FormatException("Say what to do."),
    };
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{Usage}");
    return 2;
}

static Task<bool> SoakAsync(string[] args)
{
    CommandLine line = new(args, "server", "minutes", "transport", "compression", "seed", "restarts");
    SoakOptions options = new()
    {
        Server = line.Require("server"),
        Duration = TimeSpan.FromMinutes(line.Number("minutes", 10)),
        Transport = line.Get("transport", "auto"),
        Compression = line.Get("compression", "none"),
        Seed = (int)line.Number("seed", 1),
        Restarts = (int)line.Number("restarts", 3),
    };
    return new SoakRun(options, Console.Out).RunAsync();
}

static Task<bool> AbuseAsync(string[] args)
{
    CommandLine line = new(args, "server", "connections", "hold-seconds", "transport", "compression", "together", "only");
    AbuseOptions options = new()
    {
        Server = line.Require("server"),
        Connections = (int)line.Number("connections", 1000),
        Hold = TimeSpan.FromSeconds(line.Number("hold-seconds", 8)),
        Transport = line.Get("transport", "auto"),
        Compression = line.Get("compression", "none"),
        Only = line.Get("only", ""),
        Together = line.Get("together", "yes") == "yes",
    };
    return new AbuseRun(options, Console.Out).RunAsync();
}
