using System.Text;
using WsAot.Timers;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Harness;

/// <summary>
/// A server in memory: nothing happens until the test runs the loops or lets time pass. At its end every buffer must have
/// come back, and every place, timer and subscription.
/// </summary>
internal sealed class TestServer : IDisposable
{
    public const int ReceiveBufferBytes = 64 * 1024;

    /// <param name="configure">Changes the options.</param>
    /// <param name="loops">How many.</param>
    /// <param name="build">Changes what is built.</param>
    /// <param name="hasOwnPools">Whether each loop has its own pool as it has outside of tests, in place of <see cref="Pool"/>.</param>
    public TestServer(
        Action<WsServerOptions>? configure = null, int loops = 1, Action<WsServerBuilder>? build = null, bool hasOwnPools = false)
    {
        Transport = new InMemoryTransport(
            new TransportOptions
            {
                Loops = loops,
                ReceiveBufferBytes = ReceiveBufferBytes,
                SendBufferBytes = 16 * 1024,
                TimeProvider = Time,
            },
            hasOwnPools ? null : Pool);
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Options.Urls = "ws://127.0.0.1:0";
        builder.Options.AllowedHosts = "*";
        builder.CreateTransport = _ => Transport;
        builder.TimeProvider = Time;
        builder.LoggerFactory = Log;
        // What the process of the tests holds is no matter of this server's.
        builder.ReadMemory = static () => default;
        builder.Services.Add(Script);
        configure?.Invoke(builder.Options);
        build?.Invoke(builder);
        // One of the handlers requires it; the tests of its own have a container that makes it.
        if (builder.Services.Fallback is null) builder.Services.AddTransient<ConnectionResource>(_ => new ConnectionResource(Script));
        Server = builder.Build();
        Server.Start();
    }

    public WsServer Server { get; }

    public InMemoryTransport Transport { get; }

    public ManualTime Time { get; } = new();

    public PoisoningPool Pool { get; } = new();

    public ListLog Log { get; } = new();

    public Script Script { get; } = new();

    public List<string> Journal => Script.Journal;

    /// <summary>A deadline is kept at the tick of the timer wheel that follows it.</summary>
    public static long AtTick(long ms) => (ms + TimerWheel.TickMs - 1) / TimerWheel.TickMs * TimerWheel.TickMs;

    /// <summary>Runs until nothing happens any more, and no loop asks for its next batch at once.</summary>
    public void Run()
    {
        do Transport.RunUntilIdle();
        while (Transport.NextBatchMs == 0);
    }

    /// <summary>Lets time pass as it does for a real loop, which wakes when it has asked to be woken.</summary>
    public void Advance(long ms)
    {
        long endMs = Time.NowMs + ms;
        while (Transport.NextBatchMs >= 0 && Time.NowMs + Math.Max(1, Transport.NextBatchMs) < endMs)
        {
            Time.Advance(Math.Max(1, Transport.NextBatchMs));
            Run();
        }

        Time.Advance(endMs - Time.NowMs);
        Run();
    }

    public void AdvanceTo(long ms) => Advance(ms - Time.NowMs);

    public void LetOneGo()
    {
        Script.Gate.LetOneGo();
        Run();
    }

    /// <summary>A client that has said nothing yet.</summary>
    public TestClient Connect()
    {
        var client = new TestClient(this, Transport.Connect());
        Run();
        return client;
    }

    /// <summary>A client that has said nothing yet, on a connection that passes for one with TLS.</summary>
    /// <param name="certificate">The certificate that it has shown.</param>
    /// <param name="isPending">Whether its handshake is still under way.</param>
    public TestClient ConnectTls(TlsClientCertificate? certificate = null, bool isPending = false)
    {
        InMemoryPeer peer = Transport.Connect();
        peer.PretendedTls = new TlsDetails
        {
            Protocol = "TLSv1.3",
            CipherSuite = "TLS_AES_128_GCM_SHA256",
            ClientCertificate = certificate,
        };
        peer.IsTlsPending = isPending;
        var client = new TestClient(this, peer);
        Run();
        return client;
    }

    /// <summary>A client whose connection is open.</summary>
    public TestClient Open(string path, params string[] headers)
    {
        TestClient client = Connect();
        Response response = client.Ask(path, headers);
        Assert.Equal(101, response.StatusCode);
        Assert.Equal(TestKit.Handshake.ExampleHandshake.Accept, response["Sec-WebSocket-Accept"]);
        return client;
    }

    /// <summary>What is answered to a request that is no upgrade, such as <c>GET / HTTP/1.1\r\n\r\n</c>.</summary>
    public Response Get(string path) => Send($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");

    public Response Send(string request)
    {
        TestClient client = Connect();
        client.SendRaw(Encoding.UTF8.GetBytes(request));
        return client.ReadRefusal();
    }

    public void Dispose()
    {
        while (Script.Gate.WaitingCount > 0) LetOneGo();
        Server.DisposeAsync().AsTask().Wait();
        Pool.VerifyAllReturned();
        Leftovers.AssertNone(Server);
        Assert.DoesNotContain(Log.Entries, static entry => entry.Id == 10);
    }
}
