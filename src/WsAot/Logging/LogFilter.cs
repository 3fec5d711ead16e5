using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The least level that is written, for each category: that of the longest rule for it, or the minimum.</summary>
internal sealed class LogFilter(LogLevel minimum, IReadOnlyList<LogRule> rules)
{
    public LogLevel LevelFor(string category)
    {
        LogRule? longest = null;
        foreach (LogRule rule in rules)
        {
            // The last of two for one name wins, as everywhere in the configuration.
            if (rule.IsFor(category) && rule.Length >= (longest?.Length ?? 0)) longest = rule;
        }

        return longest?.Level ?? minimum;
    }
}
