using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The lowest level that is written for each category: that of the longest matching rule, or the minimum.</summary>
internal sealed class LogFilter(LogLevel minimum, IReadOnlyList<LogRule> rules)
{
    private readonly LogLevel _minimum = minimum;
    private readonly IReadOnlyList<LogRule> _rules = rules;

    /// <summary>Whether another filter has the same minimum and the same rules.</summary>
    public bool IsSameAs(LogFilter other)
    {
        bool isSame = _minimum == other._minimum && _rules.Count == other._rules.Count;
        for (int i = 0; i < _rules.Count && isSame; i++) isSame = _rules[i].IsSameAs(other._rules[i]);
        return isSame;
    }

    public LogLevel LevelFor(string category)
    {
        LogRule? longest = null;
        foreach (LogRule rule in _rules)
        {
            // Of two rules for one name the last one wins, as everywhere in the configuration.
            if (rule.IsFor(category) && rule.Length >= (longest?.Length ?? 0)) longest = rule;
        }

        return longest?.Level ?? _minimum;
    }
}
