using System.Globalization;
using System.Text.RegularExpressions;
using WsAot.Packages.Tests.Harness;
using WsAot.TestKit;
using WsAot.TestKit.Documents;

namespace WsAot.Packages.Tests;

/// <content>docs/start/tutorial.md, step by step.</content>
public sealed partial class TemplateTests
{
    private const string Tutorial = nameof(TemplateTests) + "." + nameof(The_tutorial_makes_a_tested_server_of_the_size_that_it_names);

    [RequiresLinkerFact]
    public async Task The_tutorial_makes_a_tested_server_of_the_size_that_it_names()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "start", "tutorial.md"));
        string[] commands = [.. CommandTable.RunBy(Tutorial).Select(static command => command.Text)];
        string[] create = ShellWords.Of(
            commands.Single(static command => command.StartsWith("dotnet new wsaot ", StringComparison.Ordinal)));
        string folder = await template.CreateAsync(create[4], create[5..]);
        foreach (string command in commands.Where(static command => command.Split(' ')[0] is "rm" or "sed"))
        {
            CommandResult result = await ChildProcess.RunAsync(ChildProcess.Describe("/bin/sh", ["-c", command], folder));
            Assert.True(result.ExitCode == 0, result.All);
        }

        string[] code = [.. CodeBlock().Matches(page).Select(static block => block.Groups[1].Value)];
        Assert.Equal(4, code.Length);
        await File.WriteAllTextAsync(Path.Combine(folder, "Room.cs"), code[0]);
        await File.WriteAllTextAsync(Path.Combine(folder, "Application.cs"), code[1]);
        string program = await File.ReadAllTextAsync(Path.Combine(folder, "Program.cs"));
        Assert.All(code[2].Split('\n'), line => Assert.Contains(line, program, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "tests", "Rooms.Server.Tests", "RoomTests.cs"), code[3]);

        CommandResult test = await template.ExpectAsync(folder, "test");
        Assert.Contains("Passed!  - Failed:     0, Passed:     2, Skipped:     0, Total:     2", test.Output, StringComparison.Ordinal);
        string file = await PublishTutorialAsync(folder, "dist");
        string small = await PublishTutorialAsync(folder, "dist-small", "-p:WsAotCompression=false", "-p:WsAotDescribe=false");
        double bytes = new FileInfo(file).Length;
        Assert.Contains(Text($"The file is {bytes / 1e6:F1} MB"), page, StringComparison.Ordinal);
        Assert.Contains(Text($"To save {(bytes - new FileInfo(small).Length) / 1e6:F1} MB"), page, StringComparison.Ordinal);

        await using ServerProcess server = await StartAsync(file);
        using TextClient ann = await TextClient.ConnectAsync(server.Url + "/rooms/lobby?name=Ann");
        Assert.Equal("Ann is here", await ann.ReceiveAsync());
        await server.StopAsync();
    }

    private async Task<string> PublishTutorialAsync(string folder, string output, params string[] properties)
    {
        CommandResult publish = await template.ExpectAsync(folder, ["publish", "-c", "Release", "-o", output, .. properties]);
        Assert.DoesNotMatch(Warning(), publish.All);
        return Path.Combine(folder, output, "Rooms.Server");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("```(?:csharp|cs)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
