namespace WsAot.Packages.Tests.Harness;

/// <summary>The templates, installed from the feed for these tests alone, and the folders that it makes.</summary>
public sealed class InstalledTemplate(PackedPackages packages) : IAsyncLifetime
{
    // Nothing that the other projects of these tests have in common reaches a new project, but for where the packages are.
    private string Folder => Path.Combine(packages.Root, "new");

    public async Task InitializeAsync()
    {
        if (RequiresLinkerFactAttribute.WhyNot() is not null) return;
        await WriteSettingsAsync(Folder, "<Project />");
        await ExpectAsync(Folder, ["new", "install", $"WsAot.Templates@{packages.Version}", "--add-source", packages.Feed, .. Hive]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Makes a new project, as a user does who stands in that folder.</summary>
    /// <returns>The folder of the project.</returns>
    internal Task<string> CreateAsync(string name, params string[] options) => CreateAsync("wsaot", name, options);

    /// <summary>Makes a project of a sample, whose packages are not restored.</summary>
    /// <param name="sample">The short name of its template: <c>wsaot-chat</c>.</param>
    /// <returns>The folder of the project.</returns>
    internal Task<string> CreateSampleAsync(string sample, string name) => CreateAsync(sample, name, ["--no-restore"]);

    /// <summary>Builds projects together, with settings that find fault easily.</summary>
    /// <param name="settings">Properties of all projects.</param>
    /// <param name="projects">Their files, from the folder that the new ones lie in.</param>
    internal async Task<CommandResult> BuildAsync(string settings, IEnumerable<string> projects)
    {
        string solution = Path.Combine(Folder, "all.slnx");
        await File.WriteAllTextAsync(
            solution, $"<Solution>{string.Concat(projects.Select(static project => $"""<Project Path="{project}" />"""))}</Solution>");
        await WriteSettingsAsync(Folder, $"<Project><PropertyGroup>{settings}</PropertyGroup></Project>");
        CommandResult build = await RunAsync(Folder, "build", solution);
        await WriteSettingsAsync(Folder, "<Project />");
        return build;
    }

    /// <summary>Runs <c>dotnet</c>, and expects that it succeeds.</summary>
    internal async Task<CommandResult> ExpectAsync(string folder, params IEnumerable<string> arguments)
    {
        CommandResult result = await RunAsync(folder, arguments);
        Assert.True(result.ExitCode == 0, result.All);
        return result;
    }

    // The machine's own templates are left alone.
    private string[] Hive => ["--debug:custom-hive", Path.Combine(packages.Root, "hive")];

    // Packages of ours come from the feed each time: their version is that of the packages of an hour ago.
    private Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        Dictionary<string, string?> environment = new() { ["NUGET_PACKAGES"] = Path.Combine(packages.Root, "cache") };
        return DotNet.RunAsync(folder, environment, arguments);
    }

    private async Task<string> CreateAsync(string template, string name, string[] options)
    {
        await ExpectAsync(Folder, ["new", template, "-n", name, .. options, .. Hive]);
        return Path.Combine(Folder, name);
    }

    private static Task WriteSettingsAsync(string folder, string settings)
    {
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), settings);
    }
}
