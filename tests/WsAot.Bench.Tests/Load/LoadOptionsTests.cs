using WsAot.Bench.Load;

namespace WsAot.Bench.Tests.Load;

public sealed class LoadOptionsTests
{
    [Fact]
    public void Options_are_read()
    {
        LoadOptions options = LoadOptions
            .Parse(["--port", "80", "--server-id", "1", "--bytes", "1024", "--depth", "16", "--kind", "json", "--seconds", "0.5"]);
        Assert.Equal((80, 1024, 16, 0.5), (options.Port, options.Bytes, options.Depth, options.Seconds));
        Assert.True(options.IsDeflated);
    }

    [Fact]
    public void TLS_and_its_handshakes_are_asked_for()
    {
        LoadOptions plain = LoadOptions.Parse(["--port", "80", "--server-id", "1"]);
        Assert.Equal((false, "none"), (plain.IsSecure, plain.Handshakes));
        LoadOptions secure = LoadOptions.Parse(["--port", "80", "--server-id", "1", "--scheme", "wss", "--handshakes", "resumed"]);
        Assert.Equal((true, "resumed"), (secure.IsSecure, secure.Handshakes));
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("text")]
    [InlineData("ascii")]
    [InlineData("rpc")]
    public void Only_JSON_is_compressed(string kind) =>
        Assert.False(LoadOptions.Parse(["--port", "80", "--server-id", "1", "--kind", kind]).IsDeflated);

    [Theory]
    [InlineData("--port", "80")]
    [InlineData("bytes")]
    [InlineData("--bytes")]
    [InlineData("--bytes", "0")]
    [InlineData("--bytes", "many")]
    [InlineData("--byte", "1")]
    [InlineData("--kind", "xml")]
    [InlineData("--scheme", "http")]
    [InlineData("--scheme", "wss", "--handshakes", "some")]
    [InlineData("--handshakes", "full")]
    [InlineData("--rate", "5", "--subscribers", "5")]
    [InlineData("--rate", "5", "--connections", "0")]
    public void Mistakes_are_named(params string[] args) => Assert.Throws<FormatException>(() => LoadOptions.Parse(
        args is ["--port", ..] ? args : ["--port", "80", "--server-id", "1", .. args]));
}
