using WsAot.Packages.Tests.Harness;
using WsAot.TestKit.Documents;

namespace WsAot.Packages.Tests;

/// <summary>The README's commands that name the folder of packages as a source.</summary>
[Collection(Work.Name)]
public sealed class SourceTests(PackedPackages packages)
{
    private const string Commands = nameof(SourceTests) + "." + nameof(The_packages_are_a_source_of_one_folder_and_not_of_the_user);

    [RequiresLinkerFact]
    public async Task The_packages_are_a_source_of_one_folder_and_not_of_the_user()
    {
        string beside = Directory.CreateDirectory(Path.Combine(packages.Root, "sources")).FullName;
        string folder = Directory.CreateDirectory(Path.Combine(beside, "mine")).FullName;
        Directory.CreateDirectory(Path.Combine(beside, "wsaot", "artifacts"));
        Directory.CreateSymbolicLink(Path.Combine(beside, "wsaot", "artifacts", "packages"), packages.Feed);
        string before = await ListAsync(beside);
        foreach (PageCommand command in CommandTable.RunBy(Commands))
        {
            CommandResult result = await ChildProcess.RunAsync(ChildProcess.Describe("/bin/sh", ["-c", command.Text], folder));
            Assert.True(result.ExitCode == 0, result.All);
        }

        Assert.Contains(Path.Combine(beside, "wsaot", "artifacts", "packages"), await ListAsync(folder), StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync(beside));
    }

    private static async Task<string> ListAsync(string folder)
    {
        CommandResult sources = await DotNet.RunAsync(folder, "nuget", "list", "source");
        Assert.True(sources.ExitCode == 0, sources.All);
        return sources.Output;
    }
}
