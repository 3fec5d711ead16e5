using System.Globalization;
using WsAot.Soak;
using WsAot.Soak.Abusing;
using WsAot.Soak.Draining;
using WsAot.Soak.FanningOut;
using WsAot.Soak.Latency;
using WsAot.Soak.Nodes;
using WsAot.Soak.Operating;
using WsAot.Soak.Recovering;
using WsAot.Soak.Restarting;
using WsAot.Soak.SlowReading;
using WsAot.Soak.Soaking;
using WsAot.TestKit.Reporting;

const string Usage =
    """
    Usage: soak  --server <file> [--minutes 10] [--transport auto|epoll|sockets] [--compression none|shared|dedicated] [--seed 1] [--restarts 3]
                 [--tls yes|no]
           abuse --server <file> [--connections 1000] [--hold-seconds 8] [--transport ...] [--compression ...] [--together yes|no]
                 [--tls yes|no] [--only <parts of names, with commas>]
           latency --server <file> [--baseline <file of another version>] [--transport epoll|sockets|both] [--attackers 0,1,10]
                 [--loops 2] [--hold-seconds 5] [--tls yes|no] [--only <parts of names, with commas>]
           slow-readers --server <file> [--minutes 3] [--transport ...] [--ping-seconds 25] [--pong-seconds 10]
                 [--tls yes|no]
           drain --server <file> [--connections 19000] [--ping-seconds 10]
           fan-out --server <file published with -p:WsAotNats=true> [--subscribers 1000] [--messages 1000] [--runs 3]
           nodes --server <file published with -p:WsAotNats=true> [--minutes 10] [--clients 60] [--rooms 5]
                 [--messages 10 a second in each room] [--failure-seconds 15] [--seed 1]
           recover --server <file> [--connections 10000] [--messages 100] [--text-bytes 100] [--presence yes|no]
           restart --server <file> [--restarts 3] [--hold-seconds 5] [--connects 2000 a second] [--echoers 500]
           operate --server <file> [--minutes 10] [--restarts 2] [--reload-seconds 20] [--drain-seconds 30] [--clients 24]
                 [--abusers 20 of each kind] [--transport epoll] [--compression shared] [--seed 1]
    With --tls yes the server gets a certificate that is made for the run, and everybody speaks wss.
    Ends with 0 if nothing was wrong, 1 if something was, 2 when an option is wrong.
    """;

using RunProgress progress = RunProgress.OnConsole();
TextWriter output = progress.Above(Console.Out);

try
{
    return args switch
    {
        ["soak", .. string[] rest] => await SoakAsync(rest) ? 0 : 1,
        ["abuse", .. string[] rest] => await AbuseAsync(rest) ? 0 : 1,
        ["latency", .. string[] rest] => await LatencyAsync(rest) ? 0 : 1,
        ["slow-readers", .. string[] rest] => await SlowReadersAsync(rest) ? 0 : 1,
        ["drain", .. string[] rest] => await DrainAsync(rest) ? 0 : 1,
        ["fan-out", .. string[] rest] => await FanOutAsync(rest) ? 0 : 1,
        ["nodes", .. string[] rest] => await NodesAsync(rest) ? 0 : 1,
        ["recover", .. string[] rest] => await RecoverAsync(rest) ? 0 : 1,
        ["restart", .. string[] rest] => await RestartAsync(rest) ? 0 : 1,
        ["operate", .. string[] rest] => await OperateAsync(rest) ? 0 : 1,
        _ => throw new FormatException("Say what to do."),
    };
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{Usage}");
    return 2;
}

Task<bool> SoakAsync(string[] args)
{
    CommandLine line = new(args, "server", "minutes", "transport", "compression", "seed", "restarts", "tls");
    SoakOptions options = new()
    {
        Server = line.Require("server"),
        UsesTls = line.IsYes("tls", preset: false),
        Duration = TimeSpan.FromMinutes(line.Number("minutes", 10)),
        Transport = line.Get("transport", "auto"),
        Compression = line.Get("compression", "none"),
        Seed = (int)line.Number("seed", 1),
        Restarts = (int)line.Number("restarts", 3),
    };
    return new SoakRun(options, output, progress).RunAsync();
}

Task<bool> AbuseAsync(string[] args)
{
    CommandLine line = new(args, "server", "connections", "hold-seconds", "transport", "compression", "together", "only", "tls");
    AbuseOptions options = new()
    {
        Server = line.Require("server"),
        UsesTls = line.IsYes("tls", preset: false),
        Connections = (int)line.Number("connections", 1000),
        Hold = TimeSpan.FromSeconds(line.Number("hold-seconds", 8)),
        Transport = line.Get("transport", "auto"),
        Compression = line.Get("compression", "none"),
        Only = line.List("only"),
        Together = line.IsYes("together", preset: true),
    };
    return new AbuseRun(options, output, progress).RunAsync();
}

Task<bool> LatencyAsync(string[] args)
{
    CommandLine line = new(args, "server", "baseline", "transport", "attackers", "loops", "hold-seconds", "only", "tls");
    double holdSeconds = line.Number("hold-seconds", 5);
    if (holdSeconds > LatencyOptions.MaxHoldSeconds) throw new FormatException($"At most {LatencyOptions.MaxHoldSeconds} s can be held.");
    string transport = line.Get("transport", "both");
    string baseline = line.Get("baseline", "");
    LatencyOptions options = new()
    {
        Server = line.Require("server"),
        UsesTls = line.IsYes("tls", preset: false),
        Baseline = baseline == "" ? null : baseline,
        Transports = transport == "both" ? ["epoll", "sockets"] : [transport],
        Attackers = [.. line.Get("attackers", "0,1,10").Split(',').Select(static count => int.Parse(count, CultureInfo.InvariantCulture))],
        Loops = (int)line.Number("loops", 2),
        Hold = TimeSpan.FromSeconds(holdSeconds),
        Only = line.List("only"),
    };
    return new LatencyRun(options, output, progress).RunAsync();
}

Task<bool> SlowReadersAsync(string[] args)
{
    CommandLine line = new(args, "server", "minutes", "transport", "ping-seconds", "pong-seconds", "tls");
    SlowReadingOptions options = new()
    {
        Server = line.Require("server"),
        UsesTls = line.IsYes("tls", preset: false),
        Duration = TimeSpan.FromMinutes(line.Number("minutes", 3)),
        Transport = line.Get("transport", "auto"),
        PingInterval = TimeSpan.FromSeconds(line.Number("ping-seconds", 25)),
        PongTimeout = TimeSpan.FromSeconds(line.Number("pong-seconds", 10)),
    };
    return new SlowReadingRun(options, output, progress).RunAsync();
}

Task<bool> DrainAsync(string[] args)
{
    CommandLine line = new(args, "server", "connections", "ping-seconds");
    DrainOptions options = new()
    {
        Server = line.Require("server"),
        Connections = (int)line.Number("connections", 19_000),
        PingInterval = TimeSpan.FromSeconds(line.Number("ping-seconds", 10)),
    };
    return new DrainRun(options, output, progress).RunAsync();
}

Task<bool> FanOutAsync(string[] args)
{
    CommandLine line = new(args, "server", "subscribers", "messages", "runs");
    FanOutOptions options = new()
    {
        Server = line.Require("server"),
        Subscribers = (int)line.Number("subscribers", 1000),
        Messages = (int)line.Number("messages", 1000),
        Runs = (int)line.Number("runs", 3),
    };
    return new FanOutRun(options, output, progress).RunAsync();
}

Task<bool> NodesAsync(string[] args)
{
    CommandLine line = new(args, "server", "minutes", "clients", "rooms", "messages", "failure-seconds", "seed");
    NodesOptions options = new()
    {
        Server = line.Require("server"),
        Duration = TimeSpan.FromMinutes(line.Number("minutes", 10)),
        Clients = (int)line.Number("clients", 60),
        Rooms = (int)line.Number("rooms", 5),
        MessagesPerSecond = (int)line.Number("messages", 10),
        FailureInterval = TimeSpan.FromSeconds(line.Number("failure-seconds", 15)),
        Seed = (int)line.Number("seed", 1),
    };
    return new NodesRun(options, output, progress).RunAsync();
}

Task<bool> RecoverAsync(string[] args)
{
    CommandLine line = new(args, "server", "connections", "messages", "text-bytes", "presence");
    RecoverOptions options = new()
    {
        Server = line.Require("server"),
        Connections = (int)line.Number("connections", 10_000),
        Messages = (int)line.Number("messages", 100),
        TextBytes = (int)line.Number("text-bytes", 100),
        AsksPresence = line.IsYes("presence", preset: false),
    };
    return new RecoverRun(options, output, progress).RunAsync();
}

Task<bool> RestartAsync(string[] args)
{
    CommandLine line = new(args, "server", "restarts", "hold-seconds", "connects", "echoers");
    RestartOptions options = new()
    {
        Server = line.Require("server"),
        Restarts = (int)line.Number("restarts", 3),
        Hold = TimeSpan.FromSeconds(line.Number("hold-seconds", 5)),
        ConnectsPerSecond = (int)line.Number("connects", 2000),
        Echoers = (int)line.Number("echoers", 500),
    };
    return new RestartRun(options, output, progress).RunAsync();
}

Task<bool> OperateAsync(string[] args)
{
    CommandLine line = new(
        args, "server", "minutes", "restarts", "reload-seconds", "drain-seconds", "clients", "abusers", "transport", "compression", "seed");
    OperatingOptions options = new()
    {
        Server = line.Require("server"),
        Duration = TimeSpan.FromMinutes(line.Number("minutes", 10)),
        Restarts = (int)line.Number("restarts", 2),
        ReloadInterval = TimeSpan.FromSeconds(line.Number("reload-seconds", 20)),
        DrainTimeout = TimeSpan.FromSeconds(line.Number("drain-seconds", 30)),
        Clients = (int)line.Number("clients", 24),
        Abusers = (int)line.Number("abusers", 20),
        Transport = line.Get("transport", "epoll"),
        Compression = line.Get("compression", "shared"),
        Seed = (int)line.Number("seed", 1),
    };
    return new OperatingRun(options, output, progress).RunAsync();
}
