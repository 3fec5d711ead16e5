namespace WsAot.Native.Tests.Harness;

/// <summary>publish.ps1 and the script beside it, run by PowerShell.</summary>
internal static class PublishScript
{
    public static string Folder { get; } = Path.Combine(Repository.Artifacts, "publish-script");

    /// <summary>Where the script is run from: not the repository's folder.</summary>
    public static string Elsewhere { get; } = Path.Combine(Folder, "else where");

    /// <summary>Variables for intermediate files of its own: what this machine's file is built from stays as it is.</summary>
    public static Dictionary<string, string?> Intermediates => new() { ["ArtifactsPath"] = Path.Combine(Folder, "intermediates") };

    public static Task<CommandResult> RunAsync(Dictionary<string, string?> environment, params string[] arguments) =>
        RunAsync("publish.ps1", environment, arguments);

    public static Task<CommandResult> RunAsync(string name, Dictionary<string, string?> environment, params string[] arguments)
    {
        Dictionary<string, string?> quiet = new(environment)
        {
            ["NO_COLOR"] = "1",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        };
        string script = Path.Combine(Repository.Root, name);
        Directory.CreateDirectory(Elsewhere);
        return DotNet.RunAsync(Elsewhere, quiet, [Tools.PowerShell, "-NoProfile", "-NonInteractive", "-File", script, .. arguments]);
    }
}
