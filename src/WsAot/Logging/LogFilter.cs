using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>
/// The least level that is written, for each category: that of the longest name in the rules that is the category's or, followed by a dot,
/// its beginning.
/// </summary>
internal sealed class LogFilter(LogLevel minimum, IReadOnlyList<KeyValuePair<string, LogLevel>> rules)
{
    public LogLevel LevelFor(string category)
    {
        LogLevel level = minimum;
        int longest = -1;
        foreach ((string name, LogLevel wanted) in rules)
        {
            if (name.Length <= longest || !IsOrContains(name, category)) continue;
            longest = name.Length;
            level = wanted;
        }

        return level;
    }

    private static bool IsOrContains(string name, string category) =>
        category.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (category.Length == name.Length || category[name.Length] == '.');
}
