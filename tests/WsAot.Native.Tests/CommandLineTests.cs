using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>Options, from the command line, the environment and the file wsaot.json; what the process prints, and its exit codes.</summary>
[Collection(PublishedFile.Name)]
public sealed class CommandLineTests(PublishedApp app)
{
    [RequiresFact]
    public async Task It_prints_the_real_port_where_0_was_asked_for()
    {
        await using ServerProcess server = await app.StartAsync();
        Assert.Matches(@"^listening on ws://127\.0\.0\.1:[1-9]\d*$", Assert.Single(server.Output.All));
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task It_listens_on_several_addresses()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File, ["--urls", "ws://127.0.0.1:0;ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder(), addresses: 2);
        Assert.Equal(2, server.Output.All.Length);
        foreach (Uri address in server.Addresses)
        {
            using RawConnection connection = await RawConnection.UpgradeAsync(address.Port, "/echo");
        }

        await server.StopAsync();
    }

    [RequiresTheory]
    [InlineData("file", "127.0.0.2")]
    [InlineData("file environment", "127.0.0.3")]
    [InlineData("file environment command", "127.0.0.4")]
    [InlineData("environment", "127.0.0.3")]
    public async Task The_command_line_wins_over_the_environment_and_that_over_the_file(string sources, string host)
    {
        ArgumentNullException.ThrowIfNull(sources);
        string folder = PublishedApp.NewWorkingFolder();
        if (sources.Contains("file", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "wsaot.json"), """{ "urls": "ws://127.0.0.2:0" }""");
        }

        Dictionary<string, string?> environment = [];
        if (sources.Contains("environment", StringComparison.Ordinal)) environment["WSAOT_URLS"] = "ws://127.0.0.3:0";
        string[] arguments = sources.Contains("command", StringComparison.Ordinal) ? ["--urls", "ws://127.0.0.4:0"] : [];

        await using ServerProcess server = await ServerProcess.StartAsync(app.File, arguments, folder, environment);
        Assert.Equal(host, server.Addresses[0].Host);
        await server.StopAsync();
    }

    [RequiresTheory]
    [InlineData("--colour", "red")]
    [InlineData("--url", "ws://127.0.0.1:0")]
    [InlineData("--transport", "pigeon")]
    [InlineData("--urls", "nowhere")]
    [InlineData("--urls", "ftp://127.0.0.1:0")]
    [InlineData("--urls", "ws://127.0.0.1:70000")]
    [InlineData("--loops", "many")]
    [InlineData("--loops", "-1")]
    public async Task A_wrong_option_ends_with_2_and_one_line_that_names_it(string option, string value)
    {
        ArgumentNullException.ThrowIfNull(option);
        ExpectUsageError(await app.RunAsync([option, value]), option.TrimStart('-'));
    }

    [RequiresFact]
    public async Task A_word_that_is_no_option_ends_with_2_and_one_line_that_names_it() =>
        ExpectUsageError(await app.RunAsync(["serve"]), "serve");

    [RequiresFact]
    public async Task An_option_without_its_value_ends_with_2_and_one_line_that_names_it() =>
        ExpectUsageError(await app.RunAsync(["--urls"]), "urls");

    [RequiresFact]
    public async Task A_wrong_value_in_the_environment_ends_with_2_and_one_line_that_names_it() =>
        ExpectUsageError(await app.RunAsync([], environment: new() { ["WSAOT_TRANSPORT"] = "pigeon" }), "transport");

    [RequiresTheory]
    [InlineData("""{ "transport": "pigeon" }""", "transport")]
    [InlineData("""{ "urls": """, "wsaot.json")]
    public async Task A_mistake_in_the_file_ends_with_2_and_one_line_that_names_it(string json, string name)
    {
        string folder = PublishedApp.NewWorkingFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "wsaot.json"), json);
        ExpectUsageError(await app.RunAsync([], folder), name);
    }

    [RequiresTheory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task A_port_in_use_ends_with_1_and_one_line_that_names_it(string transport)
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        string address = $"127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}";

        CommandResult result = await app.RunAsync(["--urls", "ws://" + address, "--transport", transport]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(address, Assert.Single(LinesOf(result.Error)), StringComparison.Ordinal);
    }

    [RequiresFact]
    public async Task One_of_several_addresses_in_use_ends_with_1_and_announces_none()
    {
        await using ServerProcess server = await app.StartAsync();
        CommandResult result = await app.RunAsync(["--urls", "ws://127.0.0.1:0;" + server.Url]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_second_server_on_the_port_of_the_first_ends_with_1()
    {
        await using ServerProcess server = await app.StartAsync();
        CommandResult result = await app.RunAsync(["--urls", server.Url]);
        Assert.Equal(1, result.ExitCode);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task Help_names_the_options_and_ends_with_0()
    {
        CommandResult result = await app.RunAsync(["--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--urls", result.Output, StringComparison.Ordinal);
        Assert.Contains("--transport", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [RequiresFact]
    public async Task Version_is_the_projects_and_ends_with_0()
    {
        CommandResult result = await app.RunAsync(["--version"]);
        Assert.Equal(0, result.ExitCode);
        string properties = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Directory.Build.props"));
        string version = properties.Split("<Version>")[1].Split("</Version>")[0];
        // The commit is there if the sources have one.
        Assert.Matches($@"^wsaot {Regex.Escape(version)}(\+[0-9a-f]{{40}})?$", Assert.Single(LinesOf(result.Output)));
        Assert.Equal("", result.Error);
    }

    [RequiresTheory]
    [InlineData(">&-", "--help")]
    [InlineData(">&-", "--version")]
    [InlineData(">&-", "--describe", "typescript")]
    [InlineData(">&-", "--urls", "ws://127.0.0.1:0", "--log-level", "warning")]
    [InlineData(">/dev/full", "--help")]
    [InlineData(">/dev/full", "--version")]
    [InlineData(">/dev/full", "--describe", "typescript")]
    [InlineData(">/dev/full", "--urls", "ws://127.0.0.1:0", "--log-level", "warning")]
    public async Task An_output_that_is_closed_or_full_ends_with_1_and_one_line_that_says_so(string redirection, params string[] arguments)
    {
        CommandResult result = await Command.RunAsync(
            "/bin/sh",
            ["-c", $"exec \"$0\" \"$@\" {redirection}", app.File, .. arguments],
            PublishedApp.NewWorkingFolder(),
            ServerProcess.Environment(null));
        Assert.True(result.ExitCode == 1, $"Exit code {result.ExitCode}:\n{result.All}");
        Assert.Equal("", result.Output);
        Assert.StartsWith("wsaot: Cannot write to stdout: ", Assert.Single(LinesOf(result.Error)), StringComparison.Ordinal);
    }

    private static void ExpectUsageError(CommandResult result, string name)
    {
        Assert.True(result.ExitCode == 2, $"Exit code {result.ExitCode}:\n{result.All}");
        Assert.Equal("", result.Output);
        Assert.Contains(name, Assert.Single(LinesOf(result.Error)), StringComparison.OrdinalIgnoreCase);
    }

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
