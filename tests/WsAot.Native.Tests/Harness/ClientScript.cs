using System.Diagnostics;
using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

/// <summary>A client of the folder Clients in a process of its own; the last line that it prints is its verdict, in JSON.</summary>
internal sealed class ClientScript : IAsyncDisposable
{
    // A guard only. The Java client is compiled each time that it is started, and the Go client once.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task> s_packages = new(InstallPackagesAsync);
    private static readonly Lazy<Task<string>> s_goClient = new(BuildGoClientAsync);

    private readonly string _name;
    private readonly Process _process;
    private readonly OutputLines _output;
    private readonly OutputLines _error;

    private ClientScript(string name, Process process)
    {
        _name = name;
        _process = process;
        _output = new OutputLines(process.StandardOutput);
        _error = new OutputLines(process.StandardError);
    }

    /// <summary>Runs a script to its end.</summary>
    public static Task<JsonElement> RunAsync(string name, params string[] arguments) => RunAsync(name, [], arguments);

    /// <summary>Runs a script to its end, with more variables in its environment.</summary>
    public static async Task<JsonElement> RunAsync(string name, Dictionary<string, string?> environment, params string[] arguments)
    {
        await using ClientScript script = await StartAsync(name, environment, arguments);
        return await script.VerdictAsync();
    }

    public static Task<ClientScript> StartAsync(string name, params string[] arguments) => StartAsync(name, [], arguments);

    private static async Task<ClientScript> StartAsync(string name, Dictionary<string, string?> environment, string[] arguments)
    {
        string[] command = await CommandAsync(name);
        Process process = Command.Start(
            command[0],
            [.. command[1..], .. arguments],
            Repository.Clients,
            new Dictionary<string, string?>(environment) { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1" });
        return new ClientScript(name, process);
    }

    /// <summary>Waits until the script prints a line that is just this word.</summary>
    public async Task WaitForAsync(string word)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        if ((await _output.WaitForAsync(line => line == word, 1, guard.Token)).Length == 0)
        {
            Assert.Fail($"{_name} ended before it was '{word}':\n{_output}\n{_error}");
        }
    }

    public void Kill() => Signals.Send(_process.Id, Signal.Kill);

    /// <summary>Waits for the end of the script.</summary>
    public async Task<JsonElement> VerdictAsync()
    {
        Assert.True(await ChildProcess.EndsAsync(_process, s_patience), $"{_name} did not end. It said:\n{_output}\n{_error}");
        await Task.WhenAll(_output.EndAsync(), _error.EndAsync());
        Assert.True(_process.ExitCode == 0, $"{_name} failed:\n{_output}\n{_error}");
        return JsonElement.Parse(_output.All[^1]);
    }

    public async ValueTask DisposeAsync() => await ChildProcess.KillAsync(_process);

    private static async Task<string[]> CommandAsync(string name)
    {
        switch (Path.GetExtension(name))
        {
            case ".py":
                return [Tools.Python, name];
            case ".java":
                // The first compiler is enough for a program that ends within a second.
                return [Tools.Java, "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", name];
            case ".go":
                return [await s_goClient.Value];
            default:
                await s_packages.Value;
                return [Tools.Node, name];
        }
    }

    // From Debian's sources, without modules: nothing is loaded from elsewhere.
    private static async Task<string> BuildGoClientAsync()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "go")).FullName;
        string file = Path.Combine(folder, "client");
        Dictionary<string, string?> environment = new()
        {
            ["GO111MODULE"] = "off",
            ["GOPATH"] = Tools.GoPath,
            ["GOCACHE"] = Path.Combine(folder, "cache"),
            ["GOFLAGS"] = "",
            ["CGO_ENABLED"] = "0",
        };
        CommandResult build = await Command.RunAsync(
            Tools.Go, ["build", "-o", file, "client.go"], Path.Combine(Repository.Clients, "go"), environment, s_patience);
        Assert.True(build.ExitCode == 0, build.All);
        return file;
    }

    // Once for each state of the lock file; node_modules is ignored by git.
    private static async Task InstallPackagesAsync()
    {
        string wanted = await File.ReadAllTextAsync(Path.Combine(Repository.Clients, "package-lock.json"));
        string stamp = Path.Combine(Repository.Clients, "node_modules", ".installed-lock.json");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return;
        CommandResult install = await Command.RunAsync(Tools.Npm, ["ci", "--ignore-scripts"], Repository.Clients);
        Assert.True(install.ExitCode == 0, "npm ci failed:\n" + install.All);
        await File.WriteAllTextAsync(stamp, wanted);
    }
}
