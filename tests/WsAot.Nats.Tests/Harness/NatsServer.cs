using System.Diagnostics;
using System.Text.Json;

namespace WsAot.Nats.Tests.Harness;

/// <summary>
/// A nats-server in a process of its own, with a store of its own, on a port that it has chosen itself and keeps when it is started again.
/// </summary>
internal sealed class NatsServer : IAsyncDisposable
{
    // A guard only: no server comes near it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("wsaot-nats-").FullName;
    private readonly string[] _arguments;
    private Process? _process;

    private NatsServer(string[] arguments) => _arguments = arguments;

    public int Port { get; private set; } = -1;

    public string Url => $"nats://127.0.0.1:{Port}";

    private string StoreFolder => Path.Combine(_folder, "store");

    private string CopyFolder => Path.Combine(_folder, "copy");

    /// <param name="arguments">More of the command line.</param>
    public static async Task<NatsServer> StartAsync(params string[] arguments)
    {
        var server = new NatsServer(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <param name="config">What its configuration file says.</param>
    public static async Task<NatsServer> StartConfiguredAsync(string config)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, config);
            return await StartAsync("-c", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A server on a port that is known before.</summary>
    public static async Task<NatsServer> StartAtAsync(int port, params string[] arguments)
    {
        var server = new NatsServer(arguments) { Port = port };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, at the same port and with the same store.</summary>
    public async Task StartAgainAsync()
    {
        string ports = Path.Combine(_folder, "ports");
        Directory.CreateDirectory(ports);
        string[] arguments =
        [
            "-a", "127.0.0.1", "-p", Port.ToString(), "-js", "-sd", StoreFolder, "--ports_file_dir", ports,
            .. _arguments,
        ];
        _process = ChildProcess.Start(ChildProcess.Describe("/usr/sbin/nats-server", arguments, _folder));
        var said = new OutputLines(_process.StandardError);
        using CancellationTokenSource guard = new(s_patience);
        string[] ready = await said.WaitForAsync(static line => line.Contains("Server is ready"), 1, guard.Token);
        if (ready.Length == 0) throw new InvalidOperationException($"nats-server ended:\n{said}");
        if (Port < 0) Port = await ReadPortAsync(Path.Combine(ports, $"nats-server_{_process.Id}.ports"), guard.Token);
    }

    /// <summary>Ends it at once, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (_process is not null) await ChildProcess.KillAsync(_process);
        _process = null;
    }

    /// <summary>Copies what JetStream has, while the server is not running.</summary>
    public void CopyStore() => Copy(StoreFolder, CopyFolder);

    /// <summary>Puts back what was copied, as who restores a volume does. While the server is not running.</summary>
    public void RestoreStore()
    {
        Directory.Delete(StoreFolder, recursive: true);
        Copy(CopyFolder, StoreFolder);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static async Task<int> ReadPortAsync(string file, CancellationToken cancellationToken)
    {
        // It is written after the line that says that the server is ready.
        while (true)
        {
            if (File.Exists(file) && await File.ReadAllTextAsync(file, cancellationToken) is { Length: > 0 } text && text.EndsWith('}'))
            {
                using var json = JsonDocument.Parse(text);
                return new Uri(json.RootElement.GetProperty("nats")[0].GetString()!).Port;
            }

            await Task.Delay(10, cancellationToken);
        }
    }
}
