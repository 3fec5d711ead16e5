using WsAot.Packages.Tests.Harness;
using WsAot.TestKit;

namespace WsAot.Packages.Tests;

/// <summary>Projects that use the packages together, and those that the packages' pages on a gallery show.</summary>
[Collection(Work.Name)]
public sealed class UseTests(PackedPackages packages)
{
    [RequiresLinkerFact]
    public async Task The_generators_the_host_and_the_test_server_work_from_the_packages()
    {
        await packages.BuildAsync();
        CommandResult run = await packages.DotNetAsync("Tester/bin/Debug/net10.0/Tester.dll");
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("hello from the server\nhello from the library\nhello from the host\n", run.Output);
    }

    [RequiresLinkerFact]
    public Task The_program_of_the_page_of_WsAot_is_one() => BuildProgramAsync("WsAot", "Readme");

    [RequiresLinkerFact]
    public Task The_program_of_the_page_of_WsAot_Hosting_is_one() => BuildProgramAsync("WsAot.Hosting", "HostingReadme");

    private async Task BuildProgramAsync(string package, string project)
    {
        const string Start = "```csharp\n";
        string readme = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "src", package, "README.md"));
        int start = readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string program = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        await File.WriteAllTextAsync(Path.Combine(packages.Root, project, "Program.cs"), program);
        await packages.ExpectBuildAsync(project);
    }
}
