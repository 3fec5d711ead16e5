using System.Globalization;

namespace WsAot.Soak.Operating;

/// <summary>The file of options that the server reads again on SIGHUP.</summary>
internal static class Settings
{
    /// <summary>The log line after the file was read again.</summary>
    public const string Changed = "Options have changed: MaxPendingOutputBytes, IdleTimeoutMs, MaxMessagesPerSecond.";

    /// <summary>Writes the file for the nth reload: it changes some limits, which an honest client never reaches.</summary>
    public static Task WriteAsync(string folder, int number)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "idleTimeoutMs": {{3_600_000 + number}},
              "maxMessagesPerSecond": {{100_000 + number}},
              "maxPendingOutputBytes": {{1024 * 1024 + number}}
            }
            """);
        return File.WriteAllTextAsync(Path.Combine(folder, "wsaot.json"), text);
    }
}
