using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using WsAot.Soak.Checks;
using WsAot.Soak.Processes;

namespace WsAot.Soak.Nodes;

/// <summary>The servers of a run that are running, and their addresses.</summary>
internal sealed class NodeSet(string file, string natsUrl, int count) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wsaot-nodes-").FullName;
    private readonly ServerUnderTest?[] _servers = new ServerUnderTest?[count];
    private int _lives;

    public int Count => count;

    /// <summary>Warnings and errors in the servers' logs, except those about lost NATS servers.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The address of a random server.</summary>
    public Uri Choose(Random random)
    {
        ServerUnderTest? server = Volatile.Read(ref _servers[random.Next(count)]);
        // The address of a server that is not running refuses connections.
        return new Uri($"ws://127.0.0.1:{server?.Address.Port ?? 1}/rooms?name=soak");
    }

    public async Task StartAsync(int node)
    {
        string socket = SocketOf(node) + Interlocked.Increment(ref _lives);
        ServerUnderTest server = await ServerUnderTest.StartAsync(
            file, usesTls: false, "--nats-url", natsUrl, "--nats-replicas", "3", "--admin-urls", "http://unix:" + socket);
        File.WriteAllText(SocketOf(node), socket);
        Volatile.Write(ref _servers[node], server);
    }

    /// <summary>Ends a server with SIGKILL.</summary>
    public async Task KillAsync(int node)
    {
        ServerUnderTest? server = _servers[node];
        Volatile.Write(ref _servers[node], null);
        if (server is null) return;
        Keep(server);
        await server.DisposeAsync();
    }

    /// <summary>Ends a server in order.</summary>
    public async Task StopAsync(int node, Faults faults)
    {
        ServerUnderTest? server = _servers[node];
        Volatile.Write(ref _servers[node], null);
        if (server is null) return;
        await server.StopAsync(faults);
        Keep(server);
        await server.DisposeAsync();
    }

    /// <summary>Publishes through the admin listener of a node.</summary>
    /// <returns>The offset of the message; null: it was not confirmed.</returns>
    public async Task<long?> PublishAsync(int node, string room, string text, CancellationToken stop)
    {
        if (Volatile.Read(ref _servers[node]) is null) return null;
        string payload = $$"""{"jsonrpc":"2.0","method":"Said","params":["soak","{{text}}"]}""";
        using HttpClient http = Connect(File.ReadAllText(SocketOf(node)));
        using var content = new StringContent($$"""{"topic":"rooms/{{room}}","payload":{{payload}}}""", Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage answer = await http.PostAsync(new Uri("http://127.0.0.1/api/publish"), content, stop);
            if (!answer.IsSuccessStatusCode) return null;
            using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
            return json.RootElement.GetProperty("offset").GetInt64();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (int node = 0; node < count; node++) await KillAsync(node);
        Directory.Delete(_folder, recursive: true);
    }

    private static HttpClient Connect(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    private string SocketOf(int node) => Path.Combine(_folder, $"admin{node}");

    private void Keep(ServerUnderTest server)
    {
        lock (Complaints) Complaints.AddRange(server.Complaints);
    }
}
