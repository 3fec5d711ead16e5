using Microsoft.Extensions.Logging;

namespace WsAot.Logging;

/// <summary>The least level that is written for a category and for those below it.</summary>
internal sealed class LogRule(string category, LogLevel level)
{
    public string Category => category;

    public LogLevel Level => level;

    public int Length => category.Length;

    /// <summary>Whether another one says the same.</summary>
    public bool IsSameAs(LogRule other) => Level == other.Level && Category.Equals(other.Category, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the rule is for a category: its name is the category's or, followed by a dot, its beginning.</summary>
    public bool IsFor(string name) =>
        name.StartsWith(category, StringComparison.OrdinalIgnoreCase) && (name.Length == category.Length || name[category.Length] == '.');
}
