using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests.Harness;

/// <summary>The published file: made once for all tests, by the command that the README gives.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private static int s_runs;

    private string? _fileForArm64;
    private string? _tickerFile;
    private string? _fileWithoutJsonRpc;
    private string? _fileWithNats;
    private string? _fileForAvx2;
    private string? _staticFolder;
    private string? _staticFileWithTls;

    /// <summary>The folder that was published to; it was empty before.</summary>
    internal string Folder { get; private set; } = "";

    /// <summary>The executable.</summary>
    internal string File => Path.Combine(Folder, "wsaot");

    /// <summary>What the publishing said.</summary>
    internal string Output { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Tools.WhyNot(Tool.None) is not null) return;
        CommandResult publish = await PublishAsync("dist");
        Folder = Path.Combine(Repository.Artifacts, "dist");
        Output = publish.All;
        if (publish.ExitCode != 0) throw new InvalidOperationException("dotnet publish src/WsAot.App failed:\n" + Output);
    }

    /// <summary>
    /// The executable of an application without JSON-RPC methods, which does not describe itself; published when it is first asked for.
    /// </summary>
    internal async Task<string> FileWithoutJsonRpcAsync()
    {
        const string Name = "dist-without-json-rpc";
        if (_fileWithoutJsonRpc is not null) return _fileWithoutJsonRpc;
        CommandResult publish = await PublishAsync(Name, "-p:WsAotJsonRpc=false", "-p:WsAotDescribe=false");
        Assert.True(publish.ExitCode == 0, publish.All);
        return _fileWithoutJsonRpc = Path.Combine(Repository.Artifacts, Name, "wsaot");
    }

    /// <summary>
    /// The folder that a static executable was published to, with the archive of an image beside it; published when it is first asked for.
    /// </summary>
    internal async Task<string> StaticFolderAsync()
    {
        const string Name = "dist-static";
        if (_staticFolder is not null) return _staticFolder;
        CommandResult publish = await PublishAsync(Name, ImageArguments);
        Assert.True(publish.ExitCode == 0, publish.All);
        return _staticFolder = Path.Combine(Repository.Artifacts, Name);
    }

    /// <summary>The executable whose topics span several servers; published when it is first asked for.</summary>
    internal async Task<string> FileWithNatsAsync() => _fileWithNats ??= await PublishFileAsync("dist-nats", "-p:WsAotNats=true");

    /// <summary>A static executable with OpenSSL in it; published when it is first asked for.</summary>
    internal async Task<string> StaticFileWithTlsAsync() =>
        _staticFileWithTls ??= await PublishFileAsync("dist-static-tls", "-p:WsAotStatic=true", "-p:WsAotTls=static");

    /// <summary>The executable for x64 processors with AVX2; published when it is first asked for.</summary>
    internal async Task<string> FileForAvx2Async() => _fileForAvx2 ??= await PublishFileAsync("dist-v3", "-p:IlcInstructionSet=x86-64-v3");

    /// <summary>The executable of the sample in tests/WsAot.Ticker; published when it is first asked for.</summary>
    internal async Task<string> TickerFileAsync()
    {
        const string Name = "dist-ticker";
        if (_tickerFile is not null) return _tickerFile;
        CommandResult publish = await DotNet.RunAsync(
            Repository.Root, "publish", "tests/WsAot.Ticker", "-c", "Release", "-o", Repository.EmptyFolder(Name));
        Assert.True(publish.ExitCode == 0, publish.All);
        Assert.DoesNotContain("warning", publish.All, StringComparison.OrdinalIgnoreCase);
        return _tickerFile = Path.Combine(Repository.Artifacts, Name, "ticker");
    }

    /// <summary>The executable for arm64; published by publish.ps1 when it is first asked for.</summary>
    internal async Task<string> FileForArm64Async()
    {
        const string Name = "dist arm64";
        if (_fileForArm64 is not null) return _fileForArm64;
        string folder = Repository.EmptyFolder("publish-script/" + Name);
        CommandResult publish = await PublishScript.RunAsync(
            PublishScript.Intermediates, "-Runtime", "linux-arm64", "-Output", "../" + Name);
        Assert.True(publish.ExitCode == 0, publish.All);
        return _fileForArm64 = Path.Combine(folder, "wsaot");
    }

    /// <summary>Starts the executable for arm64, on another processor under an emulator.</summary>
    internal async Task<ServerProcess> StartForArm64Async(params string[] arguments)
    {
        string[] command = Tools.CommandForArm64(await FileForArm64Async());
        return await ServerProcess.StartAsync(
            command[0], [.. command[1..], "--urls", "ws://127.0.0.1:0", .. arguments], NewWorkingFolder());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<string> PublishFileAsync(string folder, params string[] properties)
    {
        CommandResult publish = await PublishAsync(folder, properties);
        Assert.True(publish.ExitCode == 0, publish.All);
        return Path.Combine(Repository.Artifacts, folder, "wsaot");
    }

    private static Task<CommandResult> PublishAsync(string folder, params string[] properties) =>
        DotNet.RunAsync(Repository.Root, [.. PublishArguments(Repository.EmptyFolder(folder)), .. properties]);

    /// <summary>What the README's command tells <c>dotnet</c>.</summary>
    internal static string[] PublishArguments(string folder) => ["publish", "src/WsAot.App", "-c", "Release", "-o", folder];

    /// <summary>What the command of docs/how-to/deploy.md that makes an image tells it besides.</summary>
    internal static string[] ImageArguments { get; } = ["-p:WsAotStatic=true", "-t:WsAotOciArchive"];

    /// <summary>A new empty folder for one start of the file: the working folder decides which wsaot.json is read.</summary>
    internal static string NewWorkingFolder() => Repository.EmptyFolder("run/" + Interlocked.Increment(ref s_runs));

    /// <summary>Starts the file on a free port of the loopback interface, in an empty folder.</summary>
    internal Task<ServerProcess> StartAsync(params string[] arguments) =>
        ServerProcess.StartAsync(File, ["--urls", "ws://127.0.0.1:0", .. arguments], NewWorkingFolder());

    /// <summary>Starts the file with TLS, on a free port of the loopback interface, in an empty folder.</summary>
    internal Task<ServerProcess> StartSecureAsync(CertificateFiles files, params string[] arguments) => ServerProcess.StartAsync(
        File, ["--urls", "wss://127.0.0.1:0", .. files.ServerOptions, .. arguments], NewWorkingFolder());

    /// <summary>
    /// Starts the file as a shell does in the foreground, with no signal ignored. A shell that runs the tests in the background has SIGINT
    /// ignored, and a process passes that on to its children.
    /// </summary>
    internal Task<ServerProcess> StartInForegroundAsync(params string[] arguments) => ServerProcess.StartAsync(
        Tools.GnuEnv, ["--default-signal=INT,TERM", File, "--urls", "ws://127.0.0.1:0", .. arguments], NewWorkingFolder());

    /// <summary>Starts the file as a script does that ends the command with <c>&amp;</c>: with SIGINT ignored.</summary>
    internal Task<ServerProcess> StartInBackgroundAsync(params string[] arguments) => ServerProcess.StartAsync(
        "/bin/sh", ["-c", "trap '' INT; exec \"$0\" \"$@\"", File, "--urls", "ws://127.0.0.1:0", .. arguments], NewWorkingFolder());

    /// <summary>Runs the file to its end, in an empty folder: for command lines that do not serve.</summary>
    internal Task<CommandResult> RunAsync(string[] arguments, string? folder = null, Dictionary<string, string?>? environment = null) =>
        Command.RunAsync(File, arguments, folder ?? NewWorkingFolder(), ServerProcess.Environment(environment));

    /// <summary>What the file says of itself.</summary>
    internal async Task<string> DescribeAsync(string kind)
    {
        CommandResult result = await RunAsync(["--describe", kind]);
        Assert.True(result.ExitCode == 0, result.All);
        Assert.Equal("", result.Error);
        return result.Output;
    }
}
