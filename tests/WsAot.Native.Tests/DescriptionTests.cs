using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The option describe: what the published file says of itself, and that those who go by it can speak to it.</summary>
[Collection(PublishedFile.Name)]
public sealed class DescriptionTests(PublishedApp app)
{
    [RequiresFact]
    public async Task The_routes_are_a_table()
    {
        string[] lines = (await app.DescribeAsync("routes")).Split('\n');
        Assert.StartsWith("ROUTE ", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            lines, line => line.StartsWith("/echo ", StringComparison.Ordinal) && line.EndsWith(" text, binary", StringComparison.Ordinal));
        Assert.Contains("  Sum(numbers: number[]): number", lines);
        Assert.Contains("  clock/ticks(count: number, intervalMs?: number): stream of Tick", lines);
    }

    [RequiresTheory]
    [InlineData("--describe")]
    [InlineData("--describe", "yaml")]
    [InlineData("--describe=")]
    [InlineData("--describe", "routes", "--loops", "1")]
    [InlineData("--loops", "1", "--describe", "routes")]
    public async Task Any_other_kind_ends_with_2_and_one_line_that_lists_the_kinds(params string[] arguments)
    {
        CommandResult result = await app.RunAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(
            "routes, openrpc, typescript",
            Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [RequiresFact(Tool.Node)]
    public async Task The_OpenRPC_documents_are_valid()
    {
        string folder = Repository.EmptyFolder("openrpc");
        string file = Path.Combine(folder, "openrpc.json");
        await File.WriteAllTextAsync(file, await app.DescribeAsync("openrpc"));
        JsonElement verdict = await ClientScript.RunAsync(
            "openrpc.mjs", [file, .. Directory.GetFiles(Snapshots, "*.OpenRpc.verified.json")]);
        Assert.Empty(verdict.Strings("wrong"));
        Assert.Equal(
            ["Say", "Divide", "Greet", "Later", "/rpc#Say", "Shout", "Sum", "clock/ticks"], verdict.Strings("methods"));
        Assert.True(verdict.GetProperty("found").GetBoolean(), "A document with a mistake in it is valid, too.");
    }

    private static string Snapshots => Path.Combine(Repository.Root, "tests", "WsAot.Generators.Tests", "Describing");
}
