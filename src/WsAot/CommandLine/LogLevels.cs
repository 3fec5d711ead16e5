using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// Reads the log levels: one level for all categories, or a section with a <c>default</c> and levels by category, such as <c>{ "logLevel":
/// { "default": "warning", "WsAot.Server": "debug" } }</c>.
/// </summary>
internal static class LogLevels
{
    public const string Key = "logLevel";

    public const string DefaultCategory = "default";

    /// <summary>The names of the levels, in the order of <see cref="LogLevel"/>.</summary>
    public static readonly string[] Names = ["trace", "debug", "information", "warning", "error", "critical", "none"];

    /// <param name="configuration">The configuration.</param>
    /// <param name="minimum">The level of all categories if there is no section, or no default in it.</param>
    /// <param name="errors">Gets the values that are not levels.</param>
    public static LogFilter Read(IConfiguration configuration, LogLevel minimum, OptionErrors errors)
    {
        var rules = new List<LogRule>();
        foreach (IConfigurationSection category in configuration.GetSection(Key).GetChildren())
        {
            if (Parse($"{Key}:{category.Key}", category.Value ?? "", errors) is not { } level) continue;
            if (category.Key.Equals(DefaultCategory, StringComparison.OrdinalIgnoreCase)) minimum = level;
            else rules.Add(new LogRule(category.Key, level));
        }

        return new LogFilter(minimum, rules);
    }

    /// <summary>
    /// Adds a single level for all categories as the default too, so that it wins over the default in a section of an earlier source.
    /// </summary>
    public static Dictionary<string, string?> WithDefault(Dictionary<string, string?> values)
    {
        string key = ConfigurationPath.Combine(Key, DefaultCategory);
        if (values.TryGetValue(Key, out string? level) && level is not null) values.TryAdd(key, level);
        return values;
    }

    private static LogLevel? Parse(string name, string text, OptionErrors errors)
    {
        for (int level = 0; level < Names.Length; level++)
        {
            if (Names[level].Equals(text, StringComparison.OrdinalIgnoreCase)) return (LogLevel)level;
        }

        errors.Add($"Option '{name}' must be one of {string.Join(", ", Names)}, not '{text}'.");
        return null;
    }
}
