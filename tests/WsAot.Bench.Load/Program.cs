using System.Text.Json;
using WsAot.Bench.Load;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Pacing;
using WsAot.Bench.Load.Wire;

const string Usage =
    """
    Usage: run --port <port> --server-id <process id> [--path /echo] [--connections 50] [--bytes 64] [--depth 1] [--kind binary|text|json]
               [--rate <messages a second>] [--subscribers <beside the connections, which publish>] [--idle <beside the others>]
               [--warmup 0.5] [--seconds 2]
           answer [--bytes 64] [--kind binary|text]      writes the frame that answers the message of such a run
    `run` prints one line of JSON. Kind json offers permessage-deflate and compresses what it sends.
    Ends with 0, 1 if the server did not do what it must, 2 when an option is wrong.
    """;

try
{
    switch (args)
    {
        case ["run", .. string[] rest]:
            Console.WriteLine(JsonSerializer.Serialize(Run(LoadOptions.Parse(rest)), LoadReportJson.Default.LoadReport));
            return 0;
        case ["answer", .. string[] rest]:
            LoadOptions options = LoadOptions.Parse(rest);
            using (Stream output = Console.OpenStandardOutput()) output.Write(Frames.FromServer(OpcodeOf(options), PayloadOf(options)));
            return 0;
        default:
            throw new FormatException("Say what to do.");
    }
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{Usage}");
    return 2;
}
catch (LoadException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static LoadReport Run(LoadOptions options)
{
    DescriptorLimit.Require(options.Connections + options.Subscribers + options.Idle);
    MeasuredWindow window = new(new ServerMeter(options.ServerId), options.WarmupSeconds, options.Seconds);
    Conversation conversation = new(options.Port, options.Path, PayloadOf(options), OpcodeOf(options), options.IsDeflated);
    LoadLoop loop = new(conversation, options.Depth);
    loop.Open(options.Connections + options.Subscribers, echoesOnce: false);
    loop.Open(options.Idle, echoesOnce: true);
    IPace pace = options switch
    {
        { Subscribers: > 0 } => new FanOutPace(loop, options.Connections, options.Depth, window),
        { Rate: > 0 } => new RatePace(loop, options.Connections, options.Rate, window),
        _ => new EchoPace(loop, options.Connections, options.Depth, window),
    };
    loop.Run(pace);
    return window.Report!;
}

static byte[] PayloadOf(LoadOptions options) => options.Kind switch
{
    "text" => Payload.Text(options.Bytes),
    "json" => Payload.Json(options.Bytes),
    _ => Payload.Binary(options.Bytes),
};

static Opcode OpcodeOf(LoadOptions options) => options.Kind == "binary" ? Opcode.Binary : Opcode.Text;
