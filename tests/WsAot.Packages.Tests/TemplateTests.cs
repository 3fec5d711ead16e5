using System.Text.RegularExpressions;
using WsAot.Packages.Tests.Harness;

namespace WsAot.Packages.Tests;

/// <summary><c>dotnet new wsaot</c> and the samples, from the package in the feed to servers that run.</summary>
[Collection(Work.Name)]
public sealed partial class TemplateTests(PackedPackages packages, InstalledTemplate template) : IClassFixture<InstalledTemplate>
{
    private static readonly string[] s_allOptions = ["--rpc", "--tests", "--docker"];

    private static readonly string[] s_samples = ["chat", "devices", "ticker", "whiteboard"];

    // A digit first, a keyword between dots, a dash, a space; a keyword alone; the name of a class.
    private static readonly string[] s_names = ["2fast.new.My-own Server", "class", "Chat"];

    [RequiresLinkerFact]
    public async Task The_commands_of_its_page_make_a_tested_server_in_one_file()
    {
        string folder = await template.CreateAsync("My.Server", s_allOptions);
        CommandResult test = await template.ExpectAsync(folder, "test");
        Assert.Contains("Passed!  - Failed:     0, Passed:     3, Skipped:     0, Total:     3", test.Output, StringComparison.Ordinal);
        string file = await PublishAsync(folder, "templateFileBytes");

        await using ServerProcess server = await StartAsync(file);
        await ExpectChatAsync(server);
        await ExpectCounterAsync(server);
        await ExpectPageAsync(server, "<title>My.Server</title>");
        Dictionary<string, string?> address = new() { ["MY_SERVER_URLS"] = server.Url };
        CommandResult health = await ChildProcess.RunAsync(ChildProcess.Describe(file, ["--healthcheck"], packages.Root, address));
        Assert.True(health.ExitCode == 0, health.All);
        Budget.Expect(await server.ResidentBytesAsync(), "idleResidentBytes", Budget.OfTheApp);
        await server.StopAsync();
    }

    [RequiresLinkerFact]
    public async Task Without_options_it_is_a_small_server()
    {
        string folder = await template.CreateAsync("Plain");
        Assert.Equal(
            [
                ".gitignore", "Application.cs", "Chatting/Chat.cs", "Chatting/ChatSettings.cs", "Pages/index.html", "Plain.csproj",
                "Plain.json", "Program.cs", "README.md",
            ],
            FilesOf(folder));
        string file = await PublishAsync(folder, "templateFileBytesWithoutJsonRpc");

        await using ServerProcess server = await StartAsync(file);
        await ExpectChatAsync(server);
        await ExpectPageAsync(server, "<title>Plain</title>");
        Budget.Expect(await server.ResidentBytesAsync(), "idleResidentBytesWithoutJsonRpc", Budget.OfTheApp);
        await server.StopAsync();
    }

    [RequiresLinkerFact]
    public async Task Every_name_and_every_option_makes_projects_that_a_strict_build_takes()
    {
        // Underscores and keywords in a namespace are what the names ask for, so only one that has neither is searched for them.
        const string Strict = """
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisLevel>latest-recommended</AnalysisLevel>
            <NoWarn Condition="!$(MSBuildProjectName.StartsWith('Chat'))">CA1707;CA1716</NoWarn>
            """;
        List<string> projects = [];
        foreach (string name in s_names)
        {
            string[] options = name == "class" ? ["--tests"] : s_allOptions;
            ExpectNothingLeft(await template.CreateAsync(name, [.. options, "--no-restore"]));
            projects.Add($"{name}/{name}.csproj");
            projects.Add($"{name}/tests/{name}.Tests/{name}.Tests.csproj");
        }

        CommandResult build = await template.BuildAsync(Strict, projects);
        Assert.True(build.ExitCode == 0, build.All);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
    }

    [RequiresLinkerFact]
    public async Task Every_sample_builds()
    {
        List<string> projects = [];
        foreach (string sample in s_samples)
        {
            string name = $"2fast.my-{sample}";
            string folder = await template.CreateSampleAsync("wsaot-" + sample, name);
            Assert.All(
                FilesOf(folder),
                file => Assert.DoesNotMatch(LeftOverInSample(), file + "\n" + File.ReadAllText(Path.Combine(folder, file))));
            projects.Add($"{name}/{name}.csproj");
        }

        projects.Add("2fast.my-devices/device/Device.csproj");
        CommandResult build = await template.BuildAsync("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", projects);
        Assert.True(build.ExitCode == 0, build.All);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
    }

    [RequiresLinkerFact]
    public async Task A_name_becomes_names_of_every_kind()
    {
        string folder = await template.CreateAsync("7.new-Servers", [.. s_allOptions, "--no-restore"]);
        async Task ExpectAsync(string file, string line) =>
            Assert.Contains(line, await File.ReadAllLinesAsync(Path.Combine(folder, file)));
        await ExpectAsync("Application.cs", "namespace _7.new_Servers;");
        await ExpectAsync("tests/7.new-Servers.Tests/ChatTests.cs", "namespace _7.new_Servers.Tests;");
        await ExpectAsync("7.new-Servers.csproj", "    <RootNamespace>_7.new_Servers</RootNamespace>");
        await ExpectAsync("Dockerfile", "# docker build -t 7-new-servers . && docker run --rm --read-only -p 8080:8080 7-new-servers");
        // What the server itself makes of its name.
        await ExpectAsync("Dockerfile", "ENV _7_NEW_SERVERS_URLS=ws://*:8080");
        await ExpectAsync("Dockerfile", """ENTRYPOINT ["/app/7.new-Servers"]""");
        await ExpectAsync(
            "Dockerfile",
            """HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/7.new-Servers", "--healthcheck"]""");
    }

    private async Task<string> PublishAsync(string folder, string budget)
    {
        CommandResult publish = await template.ExpectAsync(folder, "publish", "-c", "Release", "-o", "dist");
        Assert.DoesNotMatch(Warning(), publish.All);
        string name = Path.GetFileName(folder);
        string dist = Path.Combine(folder, "dist");
        Assert.Equal([name, name + ".json"], FilesOf(dist));
        string file = Path.Combine(dist, name);
        Budget.Expect(new FileInfo(file).Length, budget);
        return file;
    }

    // Two loops, whatever the machine has: each costs its buffers and its thread.
    private Task<ServerProcess> StartAsync(string file) =>
        ServerProcess.StartAsync(file, ["--urls", "ws://127.0.0.1:0", "--loops", "2"], packages.Root);

    private static async Task ExpectChatAsync(ServerProcess server)
    {
        using TextClient ann = await TextClient.ConnectAsync(server.Url + "/chat/lobby?name=Ann");
        // From the file of settings beside the executable.
        Assert.Equal("Welcome. Open this page twice to talk to yourself.", await ann.ReceiveAsync());
        Assert.Equal("Ann is here", await ann.ReceiveAsync());
        using TextClient bob = await TextClient.ConnectAsync(server.Url + "/chat/lobby?name=Bob");
        Assert.Equal("Bob is here", await ann.ReceiveAsync());
        await bob.SendAsync("hi");
        Assert.Equal("Bob: hi", await ann.ReceiveAsync());
    }

    private static async Task ExpectCounterAsync(ServerProcess server)
    {
        using TextClient client = await TextClient.ConnectAsync(server.Url + "/rpc");
        await client.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"$/subscribe","params":{"topic":"counter"}}""");
        Assert.EndsWith(""","id":1}""", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"add","params":{"amount":3}}""");
        Assert.Equal("""{"jsonrpc":"2.0","method":"changed","params":[3],"topic":"counter"}""", await client.ReceiveAsync());
        Assert.Equal("""{"jsonrpc":"2.0","result":3,"id":2}""", await client.ReceiveAsync());
    }

    private static async Task ExpectPageAsync(ServerProcess server, string title)
    {
        using HttpClient client = new();
        Assert.Contains(title, await client.GetStringAsync(new Uri(server.HttpUrl + "/")), StringComparison.Ordinal);
    }

    private static void ExpectNothingLeft(string folder) =>
        Assert.All(FilesOf(folder), file => Assert.DoesNotMatch(LeftOver(), file + "\n" + File.ReadAllText(Path.Combine(folder, file))));

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file))
        .Where(static file => !file.StartsWith("obj/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bwarning\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    // A page of a sample has an element of that name, and a link to its code.
    [GeneratedRegex(@"Template\.1|TemplateVersion|version-of")]
    private static partial Regex LeftOverInSample();

    // What the template engine replaces or takes out.
    [GeneratedRegex(@"template|#if|#endif|version-of", RegexOptions.IgnoreCase)]
    private static partial Regex LeftOver();
}
