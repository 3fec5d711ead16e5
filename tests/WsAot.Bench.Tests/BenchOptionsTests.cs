namespace WsAot.Bench.Tests;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Options_are_read()
    {
        BenchOptions options = new(
            ["--rounds", "3", "--peer", "uws=/opt/echo --port {port} --x=y", "--peer", "b=c {port}", "--no-build"], HasCore);
        Assert.Equal(3, options.Rounds);
        Assert.Equal([("uws", "/opt/echo --port {port} --x=y"), ("b", "c {port}")], options.Peers);
        Assert.False(options.IsBuilding);
        Assert.True(options.Only.Takes("anything", "anyone"));
    }

    [Theory]
    [InlineData("rounds")]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--seconds", "long")]
    [InlineData("--round", "1")]
    [InlineData("--peer", "uws")]
    [InlineData("--peer", "uws=/opt/echo")]
    [InlineData("--peer", "={port}")]
    [InlineData("--load-core", "0")]
    public void Mistakes_are_named(params string[] args) => Assert.Throws<FormatException>(() => new BenchOptions(args, HasCore));

    [Theory]
    [InlineData("--server-core", "2")]
    [InlineData("--load-core", "1023")]
    public void A_core_that_does_not_exist_is_refused(string name, string core)
    {
        FormatException exception = Assert.Throws<FormatException>(() => new BenchOptions([name, core], HasCore));
        Assert.StartsWith($"{name} is {core}, ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_only_must_match_in_one_of_its_parts()
    {
        Selection selection = new(["64 b|fan-out", "EPOLL"]);
        Assert.True(selection.Takes("64 B, 1 in flight", "wsaot epoll"));
        Assert.True(selection.Takes("fan-out", "wsaot epoll"));
        Assert.False(selection.Takes("64 B, 1 in flight", "limit"));
        Assert.False(selection.Takes("1 KiB", "wsaot epoll"));
    }

    private static bool HasCore(int core) => core < 2;
}
