using System.Diagnostics;
using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

/// <summary>A script of the folder Clients in a process of its own; the last line that it prints is its verdict, in JSON.</summary>
internal sealed class ClientScript : IAsyncDisposable
{
    private static readonly Lazy<Task> s_packages = new(InstallPackagesAsync);

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
    public static async Task<JsonElement> RunAsync(string name, params string[] arguments)
    {
        await using ClientScript script = await StartAsync(name, arguments);
        return await script.VerdictAsync();
    }

    public static async Task<ClientScript> StartAsync(string name, params string[] arguments)
    {
        bool isPython = name.EndsWith(".py", StringComparison.Ordinal);
        if (!isPython) await s_packages.Value;
        Process process = Command.Start(
            isPython ? Tools.Python : Tools.Node,
            [name, .. arguments],
            Repository.Clients,
            new Dictionary<string, string?> { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1" });
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
        Assert.True(await ChildProcess.EndsAsync(_process, Command.Patience), $"{_name} did not end. It said:\n{_output}\n{_error}");
        await Task.WhenAll(_output.EndAsync(), _error.EndAsync());
        Assert.True(_process.ExitCode == 0, $"{_name} failed:\n{_output}\n{_error}");
        return JsonElement.Parse(_output.All[^1]);
    }

    public async ValueTask DisposeAsync() => await ChildProcess.KillAsync(_process);

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
