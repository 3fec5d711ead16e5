namespace WsAot.Bench.Tests;

public sealed class CompareCommandTests
{
    private static readonly string[] s_dead = ["--no-build", "--rounds", "1", "--only", "64 B, 1 in flight, binary / dead", "--peer", "dead=false {port}"];

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
        // Not --no-build: a build would take its time, and its place in the output.
        using StringWriter output = new();
        await Assert.ThrowsAsync<FormatException>(() => new CompareCommand(new BenchOptions(["--only", "nomatch"], static _ => true), output).RunAsync(static _ => true));
        Assert.Empty(output.ToString());
    }
}
