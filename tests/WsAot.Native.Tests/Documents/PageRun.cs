using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Documents;

/// <summary>
/// Runs the commands of a page with the published file, in one folder, as a reader runs them: a server goes on while the commands after it
/// run, until the next server starts. Ports, absolute folders, groups and process numbers are replaced by those of the test.
/// </summary>
internal sealed partial class PageRun : IAsyncDisposable
{
    private readonly Dictionary<string, string> _ports = [];
    private readonly Dictionary<string, string?> _environment;
    private readonly string _folder;
    private string _serverCommand = "";
    private ServerProcess? _server;

    private PageRun(string folder)
    {
        _folder = folder;
        _environment = ServerProcess.Environment(new()
        {
            ["PATH"] = $"{folder}/bin:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = folder,
            ["RENEWED_LINEAGE"] = folder,
            ["WSAOT_URLS"] = "ws://127.0.0.1:0",
        });
    }

    /// <summary>Makes the folder, with the files that the reader has before they begin.</summary>
    public static async Task<PageRun> StartAsync(PublishedApp app, string name)
    {
        string folder = Repository.EmptyFolder("pages/" + name);
        Directory.CreateDirectory(Path.Combine(folder, "etc", "systemd", "system"));
        foreach (string link in (string[])["bin/wsaot", "dist/wsaot"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, link))!);
            File.CreateSymbolicLink(Path.Combine(folder, link), app.File);
        }

        File.CreateSymbolicLink(Path.Combine(folder, "docs"), Path.Combine(Repository.Root, "docs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "new.json"), """{ "maxMessageBytes": 1000 }""");
        PageRun run = new(folder);
        await run.ShellAsync("""
            set -e
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3 -subj /CN=localhost \
                -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out certificate.pem
            openssl pkcs12 -export -passout pass: -in certificate.pem -inkey key.pem -out certificate.pfx
            cat certificate.pem key.pem >app.pem
            ln -s certificate.pem fullchain.pem
            ln -s key.pem privkey.pem
            cp certificate.pem devices-ca.pem
            """);
        return run;
    }

    public async Task RunAsync(string command)
    {
        string line = Adapt(command);
        if (IsServer(command))
        {
            await StopServerAsync();
            _serverCommand = line;
            await StartServerAsync();
            return;
        }

        if (command.StartsWith("curl ", StringComparison.Ordinal) && _serverCommand.Length > 0)
        {
            // The page may make files for the server after it has shown how to start it.
            await StopServerAsync();
            await StartServerAsync();
            line = Adapt(command);
        }

        await ShellAsync(line);
    }

    public async ValueTask DisposeAsync() => await StopServerAsync();

    /// <summary>Whether a file that a command writes has something in it.</summary>
    public bool HasWritten(string name) => new FileInfo(Path.Combine(_folder, name)) is { Exists: true, Length: > 100 };

    private static bool IsServer(string command) => ServerStart().IsMatch(command);

    private async Task StartServerAsync() => _server = await ServerProcess.StartAsync(
        "/bin/bash", ["-c", "exec " + _serverCommand], _folder, _environment);

    private async Task StopServerAsync()
    {
        if (_server is null) return;
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = null;
    }

    private async Task ShellAsync(string script)
    {
        CommandResult result = await Command.RunAsync("/bin/bash", ["-c", script], _folder, _environment);
        Assert.True(result.ExitCode == 0, $"{script}\nended with {result.ExitCode}:\n{result.All}");
    }

    private string Adapt(string command)
    {
        string line = Port().Replace(command, port => ":" + PortFor(port.Groups[1].Value));
        line = AbsoluteFolder().Replace(line, _folder + "/$1/");
        line = GroupName().Replace(line, "$1$(id -gn)");
        line = line.Replace("wsaot-1234", $"wsaot-{_server?.Id}", StringComparison.Ordinal);
        // It asks for the password otherwise.
        line = line.Replace("certificate.pfx", "certificate.pfx -passin pass:", StringComparison.Ordinal);
        return CurlStart().Replace(line, "curl --fail --silent --show-error --retry 5 --retry-connrefused ");
    }

    private string PortFor(string name)
    {
        if (_ports.TryGetValue(name, out string? port)) return port;
        using TcpListener listener = new(IPAddress.Any, 0);
        listener.Start();
        return _ports[name] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^(dist/)?wsaot (?!--check|--describe)")]
    private static partial Regex ServerStart();

    [GeneratedRegex("^curl ")]
    private static partial Regex CurlStart();

    [GeneratedRegex(@":(80|443|8080|8443|9090)\b")]
    private static partial Regex Port();

    [GeneratedRegex("(?<![a-z.-])/(etc|opt|run)/")]
    private static partial Regex AbsoluteFolder();

    [GeneratedRegex("(-g |-owner :)(wsaot-tls|www-data)")]
    private static partial Regex GroupName();
}
