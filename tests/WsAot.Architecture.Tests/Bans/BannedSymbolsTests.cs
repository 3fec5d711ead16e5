namespace WsAot.Architecture.Tests.Bans;

/// <summary>The analyzer says nothing about a line that it cannot match with a symbol, so every line is tried.</summary>
public class BannedSymbolsTests
{
    public static TheoryData<string> Bans => [.. BanRun.Lines];

    [Theory]
    [MemberData(nameof(Bans))]
    public async Task A_ban_is_reported_with_what_to_do_instead(string line)
    {
        string[] parts = line.Split(';', 2);
        string code = Snippet.Using(parts[0]);
        // Other bans may forbid the same symbol, by its type or its namespace: this one alone has to be enough.
        string[] messages = await BanRun.Report(code, [line]);
        Assert.True(
            messages.Any(message => message.EndsWith(": " + parts[1], StringComparison.Ordinal)), $"'{line}' does not forbid: {code}");
    }
}
