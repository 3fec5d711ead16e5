using System.Text.Json;
using WsAot.Bench.Load;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Pacing;
using WsAot.Bench.Load.Wire;

const string Usage =
    """
    Usage: --port <port> --server-id <process id> [--scheme ws|wss] [--path /echo] [--connections 50] [--bytes 64] [--depth 1] [--kind binary|text|ascii|json|rpc]
           [--rate <messages a second>] [--subscribers <beside the connections, which publish>] [--idle <beside the others>]
           [--handshakes none|full|resumed] [--warmup 0.5] [--seconds 2]
    Prints one line of JSON. Kind text has letters of several bytes, ascii has none; json offers permessage-deflate and
    compresses what it sends; rpc calls a JSON-RPC method, whatever --bytes says.
    With wss it speaks TLS 1.3 and takes any certificate; with --handshakes a message is a connection, which ends after its TLS handshake.
    Ends with 0, 1 if the server did not do what it must, 2 when an option is wrong.
    """;

try
{
    Console.WriteLine(JsonSerializer.Serialize(Run(LoadOptions.Parse(args)), LoadReportJson.Default.LoadReport));
    return 0;
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
    TlsClient? tls = options.IsSecure ? new TlsClient() : null;
    if (options.Handshakes != "none")
    {
        new HandshakeLoop(tls!, options.Port, options.Handshakes == "resumed").Run(window);
        return window.Report!;
    }

    (Opcode opcode, byte[] payload) = Payload.Of(options.Kind, options.Bytes);
    Conversation conversation = new(
        options.Port, options.Path, opcode, payload, options.IsDeflated, Payload.AnswerTo(options.Kind, payload), tls);
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
