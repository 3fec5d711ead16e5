using System.Globalization;
using System.Text;
using WsAot.TestKit.Handshake;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Harness;

/// <summary>A server in memory with an admin listener, which has a transport of its own.</summary>
internal sealed class AdminWorld : IDisposable
{
    private InMemoryTransport _admin = null!;

    public AdminWorld(Action<WsServerOptions>? configure = null, int loops = 1, Action<WsServerBuilder>? build = null)
    {
        Server = new TestServer(
            options =>
            {
                options.AdminUrls = "http://127.0.0.1:0";
                configure?.Invoke(options);
            },
            loops,
            builder =>
            {
                builder.CreateAdminTransport = options =>
                {
                    Assert.Equal(1, options.Loops);
                    return _admin = new InMemoryTransport(new TransportOptions
                    {
                        Loops = 1,
                        ReceiveBufferBytes = 16 * 1024,
                        SendBufferBytes = 16 * 1024,
                        TimeProvider = options.TimeProvider,
                    });
                };
                build?.Invoke(builder);
            });
    }

    public TestServer Server { get; }

    /// <summary>Asks the admin listener, whose loop runs alone.</summary>
    public Response Get(string path, params string[] headers) =>
        Send($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(headers.Select(static header => header + "\r\n"))}\r\n");

    public Response Send(string request)
    {
        InMemoryPeer peer = _admin.Connect();
        peer.Send(Encoding.UTF8.GetBytes(request));
        _admin.RunUntilIdle();
        var response = Response.Parse(peer.Take());
        peer.Reset();
        _admin.RunUntilIdle();
        return response;
    }

    /// <summary>Calls the API of the dashboard, on a connection of its own.</summary>
    /// <returns>The first message that comes back.</returns>
    public string Call(string method, string parameters = "[]")
    {
        InMemoryPeer peer = _admin.Connect();
        peer.Send(ExampleHandshake.Request("/api", "127.0.0.1", "Sec-WebSocket-Protocol: wsaot.admin"));
        peer.Send(Frame.Text($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""));
        _admin.RunUntilIdle();
        byte[] bytes = peer.Take();
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        Frame? frame = Frame.Read(bytes.AsSpan(end).ToArray(), out _);
        peer.Reset();
        _admin.RunUntilIdle();
        return frame!.Utf8;
    }

    /// <summary>A connection to the admin listener that has said nothing yet.</summary>
    public InMemoryPeer Connect()
    {
        InMemoryPeer peer = _admin.Connect();
        _admin.RunUntilIdle();
        return peer;
    }

    /// <summary>Lets the admin listener see what its peers have sent.</summary>
    public void RunAdmin() => _admin.RunUntilIdle();

    /// <summary>Lets time pass for both.</summary>
    public void Advance(long ms)
    {
        Server.Advance(ms);
        _admin.RunUntilIdle();
    }

    /// <summary>A sample of the metrics, by its name and labels as they are written; 0 if there is none.</summary>
    public double Sample(string name)
    {
        foreach (string line in Get("/metrics").Body.Split('\n'))
        {
            if (!line.StartsWith(name + " ", StringComparison.Ordinal)) continue;
            return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
        }

        return 0;
    }

    public void Dispose() => Server.Dispose();
}
