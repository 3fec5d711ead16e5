using System.Globalization;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Deploying;

/// <summary>docs/how-to/deploy/wsaot.service.</summary>
[Collection(PublishedFile.Name)]
public sealed class SystemdTests(PublishedApp app)
{
    private const string Installed = "/opt/wsaot/wsaot";

    [RequiresFact(Tool.Systemd)]
    public async Task Systemd_accepts_the_unit()
    {
        CommandResult result = await AnalyzeAsync("verify");
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal("", result.All);
    }

    [RequiresFact(Tool.Systemd)]
    public async Task Systemd_accepts_the_socket_whose_address_is_the_units()
    {
        string socket = Path.Combine(Repository.EmptyFolder("deploying"), "wsaot.socket");
        await File.WriteAllTextAsync(socket, DeployPage.Socket);
        await File.WriteAllTextAsync(Path.ChangeExtension(socket, ".service"), UnitOfTheFile);
        CommandResult result = await Command.RunAsync(Tools.SystemdAnalyze, ["verify", socket]);
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal("", result.All);
        Assert.Contains("\nEnvironment=WSAOT_URLS=ws://127.0.0.1:8080\n", DeployPage.Unit, StringComparison.Ordinal);
        Assert.Contains("\nListenStream=127.0.0.1:8080\n", DeployPage.Socket, StringComparison.Ordinal);
    }

    [RequiresFact(Tool.Systemd)]
    public async Task Its_exposure_is_as_low_as_the_page_says()
    {
        // In tenths.
        CommandResult result = await AnalyzeAsync("security", "--offline=yes", "--no-pager", "--threshold=15");
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("an exposure of at most 1.5 (of 10)", DeployPage.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [RequiresFact]
    public async Task The_server_starts_with_its_variables_and_has_time_to_drain()
    {
        Dictionary<string, string?> variables = Values("Environment")
            .Select(static value => value.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => (string?)pair[1]);
        Assert.Equal(Installed, Assert.Single(Values("ExecStart")));
        Assert.Equal("ws://127.0.0.1:8080", variables["WSAOT_URLS"]);
        variables["WSAOT_URLS"] = "ws://127.0.0.1:0";
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, [], PublishedApp.NewWorkingFolder(), variables);
        await server.StopAsync();

        // The default of --drain-timeout-ms, as --help prints it.
        string help = (await app.RunAsync(["--help"])).Output;
        string line = help.Split('\n').Single(static line => line.Contains("--drain-timeout-ms", StringComparison.Ordinal));
        int drainMs = int.Parse(line[(line.LastIndexOf('[') + 1)..^1], CultureInfo.InvariantCulture);
        Assert.True(int.Parse(Assert.Single(Values("TimeoutStopSec")), CultureInfo.InvariantCulture) * 1000 > drainMs);
    }

    // The unit as it is installed, but for the place of the file.
    private string UnitOfTheFile => DeployPage.Unit.Replace(Installed, app.File, StringComparison.Ordinal);

    private async Task<CommandResult> AnalyzeAsync(string command, params string[] options)
    {
        string unit = Path.Combine(Repository.EmptyFolder("deploying"), "wsaot.service");
        await File.WriteAllTextAsync(unit, UnitOfTheFile);
        return await Command.RunAsync(Tools.SystemdAnalyze, [command, .. options, unit]);
    }

    private static string[] Values(string name) => [.. DeployPage.Unit.Split('\n')
        .Where(line => line.StartsWith(name + '=', StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..])];
}
