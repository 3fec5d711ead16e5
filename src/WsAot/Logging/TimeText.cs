using System.Globalization;

namespace WsAot.Logging;

/// <summary>
/// Writes times in UTC. By hand, because the formats of <see cref="DateTimeOffset"/> bring the code for the machine's time zones with them:
/// 0.1 MB in the native file.
/// </summary>
internal static class TimeText
{
    private const string Days = "SunMonTueWedThuFriSat";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>In the form of RFC 3339, with milliseconds: <c>2026-11-29T08:05:03.007Z</c>.</summary>
    public static string Rfc3339(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        // On the stack: the pool of arrays measures the processor when it is first used, and the first log line is on the way to the first
        // connection.
        return string.Create(
            CultureInfo.InvariantCulture,
            stackalloc char[32],
            $"{utc.Year:D4}-{utc.Month:D2}-{utc.Day:D2}T{utc.Hour:D2}:{utc.Minute:D2}:{utc.Second:D2}.{utc.Millisecond:D3}Z");
    }

    /// <summary>The day: <c>2026-11-29</c>.</summary>
    public static string Day(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        return $"{utc.Year:D4}-{utc.Month:D2}-{utc.Day:D2}";
    }

    /// <summary>The day and the time, for people: <c>2026-11-29 08:05:03Z</c>.</summary>
    public static string Second(DateTimeOffset time) => $"{Day(time)} {Clock(time.UtcDateTime)}Z";

    /// <summary>In the form of HTTP (RFC 9110 section 5.6.7): <c>Sun, 29 Nov 2026 08:05:03 GMT</c>.</summary>
    public static string Http(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        ReadOnlySpan<char> day = Days.AsSpan((int)utc.DayOfWeek * 3, 3);
        ReadOnlySpan<char> month = Months.AsSpan((utc.Month - 1) * 3, 3);
        return $"{day}, {utc.Day:D2} {month} {utc.Year:D4} {Clock(utc)} GMT";
    }

    private static string Clock(DateTime utc) => $"{utc.Hour:D2}:{utc.Minute:D2}:{utc.Second:D2}";
}
