using System.Text.Json;

namespace WsAot.Bench.Tests;

public sealed class CompareCommandTests
{
    private static readonly string[] s_dead =
        ["--no-build", "--rounds", "1", "--only", "64 B, 1 in flight, binary / dead", "--peer", "dead=false {port}"];

    [Fact]
    public async Task A_contender_that_failed_is_printed_and_the_whole_has_failed()
    {
        using StringWriter output = new();
        Assert.False(await new CompareCommand(new BenchOptions(s_dead, static _ => true), output).RunAsync(static _ => true));
        Assert.Contains("  dead failed: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_that_leaves_nothing_is_a_mistake_before_anything_is_built()
    {
        // Without a build, which would take time and write output.
        using StringWriter output = new();
        await Assert.ThrowsAsync<FormatException>(() => new CompareCommand(
            new BenchOptions(["--only", "nomatch"], static _ => true), output).RunAsync(static _ => true));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_before_the_first_round()
    {
        using StringWriter output = new();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "x.json");
        BenchOptions options = new([.. s_dead, "--json", path], static _ => true);
        BenchException exception = await Assert.ThrowsAsync<BenchException>(() => new CompareCommand(options, output)
            .RunAsync(static _ => true));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task What_failed_is_in_the_file_too()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('x', 100_000));
        Assert.False(
            await new CompareCommand(new BenchOptions([.. s_dead, "--json", path], static _ => true), TextWriter.Null)
                .RunAsync(static _ => true));
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        JsonElement contender = json.RootElement.GetProperty("scenarios")[0].GetProperty("contenders")[0];
        Assert.Equal("dead", contender.GetProperty("name").GetString());
        Assert.Contains("ended with 1", contender.GetProperty("fault").GetString(), StringComparison.Ordinal);
        File.Delete(path);
    }
}
