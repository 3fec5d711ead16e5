using System.Text;
using Microsoft.Extensions.Logging;
using WsAot.Loops;
using WsAot.TestKit.Time;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Fuzz.Sessions;

/// <summary>A server on the in-memory transport with low limits, and its clock, its pool and its peers.</summary>
internal sealed class World
{
    public const int MaxMessageBytes = 3000;
    public const int MaxFragments = 6;
    public const int MaxConnections = 6;
    public const string Room = "room";
    public const string News = "news";
    public const string LeftText = "SOMEBODY-HAS-LEFT-THE-ROOM";

    private static readonly int[] s_turnMessages = [TurnCosts.MaxMessages, 1, 2, 7, 40];
    private static readonly int[] s_turnBytes = [TurnCosts.MaxInflatedBytes, 1, 100, 2000, 8000];
    private static readonly WsCompression[] s_compressions =
        [WsCompression.None, WsCompression.Shared, WsCompression.Dedicated, WsCompression.Dedicated];

    private const string NewsPrefix = "NEWS-BY-THE-SERVER-";
    private readonly List<TaskCompletionSource> _gates = [];
    private int _news;

    public World(Tape tape, SessionFault fault)
    {
        Fault = fault;
        WsServerBuilder builder = WsServer.CreateBuilder(new FuzzRoutes(this));
        builder.Options.AllowedHosts = "*";
        builder.Options.MaxMessageBytes = MaxMessageBytes;
        builder.Options.MaxFragments = MaxFragments;
        builder.Options.MaxConnections = MaxConnections;
        builder.Options.MaxHeadBytes = 400;
        builder.Options.MaxHeaderCount = 8;
        // One byte sets the limit, and one the turn, which is low because it would otherwise never be reached.
        int input = tape.Next();
        int output = tape.Next();
        builder.Options.MaxPendingInputBytes = 1 << (8 + (input % 5));
        builder.Options.MaxPendingOutputBytes = 1 << (8 + (output % 5));
        builder.TurnUnits = Math.Min(
            s_turnMessages[input / 5 % s_turnMessages.Length] * TurnCosts.Message,
            Math.Max(1, s_turnBytes[output / 5 % s_turnBytes.Length] / TurnCosts.BytesPerUnit));
        int flags = tape.Next();
        Compression = s_compressions[flags >> 6];
        builder.Options.Compression = Compression;
        builder.Options.CompressionThresholdBytes = 30;
        builder.Options.SlowConsumer = (flags & 1) != 0 ? SlowConsumerPolicy.Close : SlowConsumerPolicy.Drop;
        builder.Options.IdleTimeoutMs = (flags & 2) != 0 ? 3000 : 0;
        builder.Options.PingIntervalMs = (flags & 4) != 0 ? 0 : 1000;
        builder.Options.PongTimeoutMs = 600;
        builder.Options.CloseTimeoutMs = 500;
        builder.Options.HandshakeTimeoutMs = 1500;
        builder.TimeProvider = Time;
        builder.LoggerFactory = Log;
        builder.ReadMemory = static () => default;
        var options = new TransportOptions
        {
            Loops = (flags & 8) != 0 ? 2 : 1,
            ReceiveBufferBytes = (flags & 16) != 0 ? 4096 : 1024,
            SendBufferBytes = (flags & 32) != 0 ? 4096 : 1024,
            TimeProvider = Time,
        };
        Transport = new InMemoryTransport(options, Pool);
        builder.CreateTransport = _ => Transport;
        Server = builder.Build();
        Server.Start();
    }

    public SessionFault Fault { get; }

    public WsCompression Compression { get; }

    /// <summary>The buffers that the loops may keep for shared compression: an inflater and eight deflaters each.</summary>
    public int MostKeptBuffers => Compression == WsCompression.None ? 0 : 9 * Transport.Loops.Count;

    public PoisoningPool Pool { get; } = new(RentedLength.OddlyLonger);

    public ManualTime Time { get; } = new(nowMs: 1_000_000);

    public CapturingLog Log { get; } = new();

    public InMemoryTransport Transport { get; }

    public WsServer Server { get; }

    public List<Client> Clients { get; } = [];

    public List<HandlerState> Handlers { get; } = [];

    public int IntendedFailures { get; set; }

    /// <summary>The first thing that went wrong.</summary>
    public string? Problem { get; private set; }

    public int GateCount => _gates.Count;

    /// <summary>The number of a piece of news; null for another message.</summary>
    public static int? NumberOfNews(ReadOnlySpan<byte> message)
    {
        string text = Encoding.Latin1.GetString(message);
        return text.StartsWith(NewsPrefix, StringComparison.Ordinal) ? int.Parse(text.AsSpan(NewsPrefix.Length).TrimEnd('.')) : null;
    }

    public void Report(string problem) => Problem ??= problem;

    public void LogError() => Log.Log(LogLevel.Critical, default, "broken on purpose", null, static (state, _) => state);

    /// <summary>A task that completes when its gate is opened.</summary>
    public Task OpenGate()
    {
        var gate = new TaskCompletionSource();
        _gates.Add(gate);
        return gate.Task;
    }

    public void LetGo(int index)
    {
        if (_gates.Count == 0) return;
        TaskCompletionSource gate = _gates[index % _gates.Count];
        _gates.Remove(gate);
        gate.SetResult();
    }

    public Client Connect(string path, string moreHeaders = "")
    {
        var client = new Client(Transport.Connect(), path, Fault);
        client.SendHead(
            $"GET /{path} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n{moreHeaders}\r\n");
        return client;
    }

    /// <summary>Sends news to all connections, or only to subscribers.</summary>
    public void SendNews(bool isPublished, int length)
    {
        string text = NewsPrefix + _news++.ToString("D6", System.Globalization.CultureInfo.InvariantCulture) + new string('.', length);
        if (isPublished) Server.Publish(News, text);
        else Server.SendToAll(Encoding.ASCII.GetBytes(text));
    }

    public void Settle() => Transport.RunUntilIdle();
}
