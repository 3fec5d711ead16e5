namespace WsAot.Architecture.Tests;

/// <summary>Shows what breaks a rule, in the order of the files and in no more lines than a person reads.</summary>
internal static class Violations
{
    private const int Shown = 50;

    public static void AssertNone(string rule, IEnumerable<string> violations)
    {
        string[] all = [.. violations];
        string more = all.Length > Shown ? $"\n... and {all.Length - Shown} more" : "";
        Assert.True(all.Length == 0, $"{rule}: {all.Length}\n{string.Join('\n', all.Take(Shown))}{more}");
    }
}
