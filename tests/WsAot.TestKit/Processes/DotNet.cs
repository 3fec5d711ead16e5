namespace WsAot.TestKit.Processes;

/// <summary>The SDK's command line, for tests that the SDK itself runs.</summary>
public static class DotNet
{
    /// <summary>The host that runs this test.</summary>
    public static string Host => Executable.DotNet;

    // Only a guard: a first publish for arm64 takes 56 s of CPU time, and took almost 12 minutes at a load of 60 on two cores.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    // A build server or a reused node would outlive the command and keep its outputs open. The variables that the outer `dotnet test` sets
    // for its children must not reach this command.
    private static readonly Dictionary<string, string?> s_environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildExtensionsPath"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["VSTEST_CONNECTION_TIMEOUT"] = null,
    };

    /// <summary>Runs <c>dotnet</c> with more variables set, or removed where the value is null.</summary>
    public static Task<CommandResult> RunAsync(
        string folder, Dictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync(ChildProcess.Describe(Host, arguments, folder, s_environment.Concat(environment).ToDictionary()), s_patience);

    /// <summary>Runs <c>dotnet</c> with the arguments as you would type them.</summary>
    public static Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, [], arguments);
}
