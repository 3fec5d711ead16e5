using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The lowest level that is written for a category and those below it.</summary>
internal sealed class LogRule(string category, LogLevel level)
{
    public string Category => category;

    public LogLevel Level => level;

    public int Length => category.Length;

    /// <summary>Whether another rule is the same.</summary>
    public bool IsSameAs(LogRule other) => Level == other.Level && Category.Equals(other.Category, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the rule applies to a category: one with its name, or one whose name starts with its name and a dot.</summary>
    public bool IsFor(string name) =>
        name.StartsWith(category, StringComparison.OrdinalIgnoreCase) && (name.Length == category.Length || name[category.Length] == '.');
}
