using System.Xml.Linq;
using WsAot.TestKit;

namespace WsAot.Packages.Tests.Harness;

/// <summary>
/// The packages, packed once for all tests by the command of CONTRIBUTING.md, and an empty folder outside the repository where they are the
/// only thing of ours.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly Dictionary<string, Task<CommandResult>> _published = [];
    private Task? _built;

    /// <summary>The folder outside the repository; it goes with the last test.</summary>
    internal string Root { get; private set; } = "";

    /// <summary>The folder that the packages lie in.</summary>
    internal string Feed => Path.Combine(Root, "feed");

    /// <summary>The version that all of them are to have.</summary>
    internal string Version { get; } = XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Build.props"))
        .Descendants("Version").Single().Value;

    public async Task InitializeAsync()
    {
        if (RequiresLinkerFactAttribute.WhyNot() is not null) return;
        Root = Directory.CreateTempSubdirectory("wsaot-packages-").FullName;
        // Intermediate files of its own: while these tests run, others publish what the usual folders have.
        Dictionary<string, string?> environment = new() { ["ArtifactsPath"] = Work.Intermediates };
        CommandResult pack = await DotNet.RunAsync(SourceTree.Root, environment, "pack", "WsAot.sln", "-c", "Release", "-o", Feed);
        if (pack.ExitCode != 0) throw new InvalidOperationException("dotnet pack WsAot.sln failed:\n" + pack.All);
        foreach (string file in Directory.GetFiles(Work.Consumers)) File.Copy(file, Path.Combine(Root, Path.GetFileName(file)));
        foreach (string folder in Directory.GetDirectories(Work.Consumers)) Copy(Path.GetFileName(folder), Path.GetFileName(folder));
        await File.WriteAllTextAsync(Path.Combine(Root, "NuGet.config"), await ConfigureAsync());
    }

    public Task DisposeAsync()
    {
        if (Root.Length > 0) Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs <c>dotnet</c> in that folder.</summary>
    // Packages of ours come from the feed each time: their version is that of the packages of an hour ago.
    internal Task<CommandResult> DotNetAsync(params IEnumerable<string> arguments)
    {
        string cache = Path.Combine(Root, "cache");
        Dictionary<string, string?> environment = new() { ["NUGET_PACKAGES"] = cache, ["WsAotVersion"] = Version };
        return DotNet.RunAsync(Root, environment, arguments);
    }

    /// <summary>Builds the projects that use the packages, but for those of the pages: once.</summary>
    internal Task BuildAsync() => _built ??= ExpectBuildAsync("Tester");

    /// <summary>Builds a project, without a warning.</summary>
    internal async Task ExpectBuildAsync(string project)
    {
        CommandResult build = await DotNetAsync("build", project);
        Assert.True(build.ExitCode == 0, build.All);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
    }

    /// <summary>Publishes the server when it is first asked for.</summary>
    /// <param name="name">A folder for this way to publish it.</param>
    /// <param name="properties">What the command line says beyond the configuration and the output.</param>
    /// <returns>The native file, and what the publishing said.</returns>
    internal async Task<(string File, string Output)> PublishAsync(string name, params string[] properties)
    {
        if (!_published.TryGetValue(name, out Task<CommandResult>? publishing))
        {
            Copy("Server", name);
            publishing = DotNetAsync(["publish", name, "-c", "Release", "-o", Dist(name), .. properties]);
            _published.Add(name, publishing);
        }

        CommandResult publish = await publishing;
        Assert.True(publish.ExitCode == 0, publish.All);
        return (Path.Combine(Dist(name), "Server"), publish.All);
    }

    private string Dist(string name) => Path.Combine(Root, "dist", name);

    private void Copy(string consumer, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Work.Consumers, consumer)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    // The feed beside the machine's own sources. What the machine has downloaded before is used again, unless some of it is ours.
    private async Task<string> ConfigureAsync()
    {
        CommandResult locals = await DotNet.RunAsync(Root, "nuget", "locals", "global-packages", "--list");
        string machines = locals.Output[(locals.Output.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        string fallback = Directory.Exists(machines) && Directory.GetDirectories(machines, "wsaot*").Length == 0
            ? $"""<fallbackPackageFolders><add key="machine" value="{machines}" /></fallbackPackageFolders>"""
            : "";
        return $"""
            <configuration>
              <packageSources><add key="feed" value="{Feed}" /></packageSources>
              {fallback}
            </configuration>
            """;
    }
}
