using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.CommandLine;

/// <summary>The options of a program that are not in <see cref="WsServerOptions"/>.</summary>
internal sealed class HostOptions
{
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public LogFormat LogFormat { get; set; } = LogFormat.Text;

    /// <summary>Whether the key is that of one of these options.</summary>
    public static bool Has(string key) =>
        key.Equals(nameof(LogLevel), StringComparison.OrdinalIgnoreCase)
        || key.Equals(nameof(LogFormat), StringComparison.OrdinalIgnoreCase);
}
