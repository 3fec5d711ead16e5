namespace WsAot.TestKit.Processes;

/// <summary>The SDK's command line, run from within a test that the SDK itself runs.</summary>
public static class DotNet
{
    /// <summary>The host that runs this test.</summary>
    public static string Host => Executable.DotNet;

    // A guard only. A first publish for arm64 takes 56 s of CPU time; at a load of 60 on two cores it took almost 12 minutes.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    // A build server or a reused node would outlive the command with the command's outputs in its hands, and what the outer
    // `dotnet test` tells its own children is not for this one.
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

    /// <summary>Runs <c>dotnet</c> with the arguments as one would type them.</summary>
    public static Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, [], arguments);
}
