using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Tests.Logging;

public sealed class ConsoleLogTests : IDisposable
{
    private static readonly LogFilter s_filter = new(LogLevel.Information, [new LogRule("Loud", LogLevel.Debug)]);

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
        Assert.Equal("2026-01-02T03:04:05.000Z error Here: It failed.\n    System.InvalidOperationException: why\n", Written());
    }

    [Theory]
    [InlineData("a\n2026-01-02T03:04:05.000Z error Here: forged", "a\\u000A2026-01-02T03:04:05.000Z error Here: forged")]
    [InlineData("a\r\nb", "a\\u000D\\u000Ab")]
    [InlineData("\u001B[2J\0\t\u007F", "\\u001B[2J\\u0000\\u0009\\u007F")]
    [InlineData("\u0080\u0085\u009B31m\u009F", "\\u0080\\u0085\\u009B31m\\u009F")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("a\u202Eb\u2066c", "a\\u202Eb\\u2066c")]
    [InlineData("caf\u00E9 \U0001F600", "caf\u00E9 \U0001F600")]
    public void What_a_peer_says_neither_begins_a_line_nor_is_obeyed(string said, string written)
    {
        Logger(LogFormat.Text).LogInformation("{Text}", said);
        Assert.Equal($"2026-01-02T03:04:05.000Z info Here: {written}\n", Written());
    }

    [Fact]
    public void Half_a_character_is_written_as_its_number()
    {
        // Not as data of a theory, which is stored as UTF-8 and would lose it.
        Logger(LogFormat.Text).LogInformation("{Text}", "\uD800a\uDC00");
        Assert.Equal("2026-01-02T03:04:05.000Z info Here: \\uD800a\\uDC00\n", Written());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_line_of_an_exception_can_be_taken_for_an_entry(bool isJson)
    {
        const string Forged = "2026-01-02T03:04:05.000Z error Here: forged";
        ILogger logger = Logger(isJson ? LogFormat.Json : LogFormat.Text);
        logger.LogError(new InvalidOperationException($"a\n{Forged}\r{Forged}\u2028{Forged}\u0085{Forged}\u001B"), "It failed.");
        string[] lines = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines.Skip(1), static line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(Written(), static one => char.IsControl(one) && one != '\n');
        Assert.DoesNotContain('\u2028', Written());
    }

    [Fact]
    public void A_line_of_json_is_one_object()
    {
        Logger(LogFormat.Json).LogCritical(new EventId(7), new InvalidOperationException("a\nb"), "Two\nlines \"quoted\"");
        string line = Assert.Single(Written().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-01-02T03:04:05.000Z", json.GetProperty("Timestamp").GetString());
        Assert.Equal("Critical", json.GetProperty("LogLevel").GetString());
        Assert.Equal("Here", json.GetProperty("Category").GetString());
        Assert.Equal(7, json.GetProperty("EventId").GetInt32());
        Assert.Equal("Two\nlines \"quoted\"", json.GetProperty("Message").GetString());
        Assert.Equal("System.InvalidOperationException: a\nb", json.GetProperty("Exception").GetString());
    }

    [Fact]
    public void The_values_of_an_entry_are_in_its_state_with_their_types()
    {
        Logger(LogFormat.Json).LogInformation(
            "{Text} {Whole} {Large} {Real} {Never} {Is} {Nothing} {Time}",
            "a", -1, ulong.MaxValue, 1.5, double.NaN, true, null, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        JsonElement state = JsonDocument.Parse(Written()).RootElement.GetProperty("State");
        Assert.Equal(
            """["a",-1,18446744073709551615,1.5,"NaN",true,null,"01/02/2026 03:04:05 \u002B00:00"]""",
            JsonSerializer.Serialize(state.EnumerateObject().Take(8).Select(static one => one.Value)));
        Assert.StartsWith("{Text}", state.GetProperty("{OriginalFormat}").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_are_written_from_the_outermost_until_they_end()
    {
        ILogger logger = Logger(LogFormat.Json);
        using (logger.BeginScope("request {RequestId}", 5))
        using (logger.BeginScope("plain"))
        {
            logger.LogInformation("in");
        }

        logger.LogInformation("out");
        string[] lines = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement scopes = JsonDocument.Parse(lines[0]).RootElement.GetProperty("Scopes");
        Assert.Equal("request 5", scopes[0].GetProperty("Message").GetString());
        Assert.Equal(5, scopes[0].GetProperty("RequestId").GetInt32());
        Assert.Equal("plain", scopes[1].ToString());
        Assert.False(JsonDocument.Parse(lines[1]).RootElement.TryGetProperty("Scopes", out _));
    }

    [Fact]
    public void A_category_can_have_a_level_of_its_own()
    {
        ILogger logger = new ConsoleLog(s_filter, LogFormat.Text, _output, new ManualTime()).CreateLogger("Loud.One");
        logger.LogDebug("yes");
        Assert.Equal("2026-01-02T03:04:05.000Z debug Loud.One: yes\n", Written());
    }

    [Fact]
    public void Half_a_character_does_not_break_a_line_of_json()
    {
        Logger(LogFormat.Json).LogInformation("{Text}", "\uD800a\u0085");
        Assert.Equal("\uFFFDa\u0085", JsonDocument.Parse(Written()).RootElement.GetProperty("Message").GetString());
        Assert.DoesNotContain('\u0085', Written());
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
        ILogger logger = new ConsoleLog(s_filter, LogFormat.Text, new BrokenStream(), new ManualTime()).CreateLogger("Here");
        logger.LogInformation("lost");
    }

    public void Dispose() => _output.Dispose();

    private ILogger Logger(LogFormat format) =>
        new ConsoleLog(s_filter, format, _output, new ManualTime()).CreateLogger("Here");

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
    }
}
