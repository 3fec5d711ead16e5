using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Tests.Logging;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly MemoryStream _output = new();

    [Fact]
    public void A_line_of_text_has_time_level_category_and_message()
    {
        Logger(LogFormat.Text).LogWarning("It is {Count}.", 3);
        Assert.Equal("2026-01-02T03:04:05.000Z warn Here: It is 3.\n", Written());
    }

    [Fact]
    public void An_exception_follows_its_line()
    {
        Logger(LogFormat.Text).LogError(new InvalidOperationException("why"), "It failed.");
        Assert.Equal("2026-01-02T03:04:05.000Z error Here: It failed.\nSystem.InvalidOperationException: why\n", Written());
    }

    [Fact]
    public void A_line_of_json_is_one_object()
    {
        Logger(LogFormat.Json).LogCritical(new EventId(7), new InvalidOperationException("a\nb"), "Two\nlines \"quoted\"");
        string line = Assert.Single(Written().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-01-02T03:04:05.000Z", json.GetProperty("time").GetString());
        Assert.Equal("crit", json.GetProperty("level").GetString());
        Assert.Equal("Here", json.GetProperty("category").GetString());
        Assert.Equal(7, json.GetProperty("event").GetInt32());
        Assert.Equal("Two\nlines \"quoted\"", json.GetProperty("message").GetString());
        Assert.Equal("System.InvalidOperationException: a\nb", json.GetProperty("exception").GetString());
    }

    [Fact]
    public void What_is_below_the_level_is_not_written()
    {
        ILogger logger = Logger(LogFormat.Text);
        logger.LogDebug("no");
        logger.Log(LogLevel.None, "no");
        Assert.False(logger.IsEnabled(LogLevel.Debug));
        Assert.Equal("", Written());
    }

    [Fact]
    public void A_stream_that_nobody_reads_any_more_harms_nobody()
    {
        ILogger logger = new ConsoleLog(LogLevel.Information, LogFormat.Text, new BrokenStream(), new ManualTime()).CreateLogger("Here");
        logger.LogInformation("lost");
    }

    public void Dispose() => _output.Dispose();

    private ILogger Logger(LogFormat format) =>
        new ConsoleLog(LogLevel.Information, format, _output, new ManualTime()).CreateLogger("Here");

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
    }
}
