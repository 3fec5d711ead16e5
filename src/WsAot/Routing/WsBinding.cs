using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace WsAot.Routing;

/// <summary>Converts route values and services into arguments, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsBinding
{
    /// <summary>A route value as text.</summary>
    public static string ToString(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Parses a route value in the invariant culture, from UTF-8.</summary>
    public static bool TryParseUtf8<T>(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
        where T : IUtf8SpanParsable<T> => T.TryParse(utf8, CultureInfo.InvariantCulture, out value);

    /// <summary>Parses a route value in the invariant culture, for types that can only read UTF-16.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
        where T : ISpanParsable<T> => T.TryParse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture, out value);

    /// <summary>Parses a value that <see cref="WsRoute.Accepts"/> has already checked.</summary>
    public static T ParseUtf8<T>(ReadOnlySpan<byte> utf8)
        where T : IUtf8SpanParsable<T> => T.Parse(utf8, CultureInfo.InvariantCulture);

    /// <summary>Parses a value that <see cref="WsRoute.Accepts"/> has already checked.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> utf8)
        where T : ISpanParsable<T> => T.Parse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture);

    /// <summary>Parses a point in time. Without an offset it is in UTC, whatever the time zone of the server.</summary>
    /// <param name="utf8">The route value.</param>
    /// <param name="value">The time in UTC.</param>
    public static bool TryParseDateTime(ReadOnlySpan<byte> utf8, out DateTime value)
    {
        // DateTime.TryParse would complete a time without a date with the current day in the server's time zone.
        bool isTime = TryParseDateTimeOffset(utf8, out DateTimeOffset time);
        value = time.UtcDateTime;
        return isTime;
    }

    /// <summary>Parses a value that <see cref="WsRoute.Accepts"/> has already checked.</summary>
    public static DateTime ParseDateTime(ReadOnlySpan<byte> utf8) => ParseDateTimeOffset(utf8).UtcDateTime;

    /// <summary>Parses a point in time. Without an offset it is in UTC, whatever the time zone of the server.</summary>
    public static bool TryParseDateTimeOffset(ReadOnlySpan<byte> utf8, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    /// <summary>Parses a value that <see cref="WsRoute.Accepts"/> has already checked.</summary>
    public static DateTimeOffset ParseDateTimeOffset(ReadOnlySpan<byte> utf8) =>
        DateTimeOffset.Parse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Returns a value with its ASCII letters in lower case, to compare it with the names of an enum.</summary>
    /// <param name="utf8">The value.</param>
    /// <param name="buffer">It must be as long as the longest name.</param>
    /// <returns>Empty if the value is longer than the buffer.</returns>
    public static ReadOnlySpan<byte> ToLower(ReadOnlySpan<byte> utf8, Span<byte> buffer)
    {
        if (utf8.Length > buffer.Length) return default;
        for (int i = 0; i < utf8.Length; i++) buffer[i] = utf8[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(utf8[i] | 0x20) : utf8[i];
        return buffer[..utf8.Length];
    }

    /// <summary>Takes the first member of a list that commas separate, without the spaces around it.</summary>
    /// <param name="list">The list; afterwards the rest of it.</param>
    /// <param name="more">Whether a comma followed, so that there is another member.</param>
    public static ReadOnlySpan<byte> NextFlag(ref ReadOnlySpan<byte> list, out bool more)
    {
        int comma = list.IndexOf((byte)',');
        more = comma >= 0;
        ReadOnlySpan<byte> first = more ? list[..comma] : list;
        list = more ? list[(comma + 1)..] : default;
        return first.Trim((byte)' ');
    }

    /// <summary>Parses the number of several combined members of an enum.</summary>
    /// <param name="utf8">The value.</param>
    /// <param name="all">The bits of all members.</param>
    /// <param name="bits">The bits of the value.</param>
    /// <returns>False if the value is not a number, has none of these bits, or has other bits.</returns>
    public static bool TryParseFlags(ReadOnlySpan<byte> utf8, ulong all, out ulong bits) =>
        ulong.TryParse(utf8, NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits != 0 && (bits & ~all) == 0;

    /// <summary>The answer of an <see cref="OnUpgradeAttribute"/> method that passes a value to the handler.</summary>
    public static ValueTask<WsUpgrade> Upgrade<T>(WsUpgrade<T> answer) => new(answer?.Answer!);

    /// <inheritdoc cref="Upgrade{T}(WsUpgrade{T})"/>
    public static ValueTask<WsUpgrade> Upgrade<T>(Task<WsUpgrade<T>> answer) => Upgrade(new ValueTask<WsUpgrade<T>>(answer));

    /// <inheritdoc cref="Upgrade{T}(WsUpgrade{T})"/>
    public static async ValueTask<WsUpgrade> Upgrade<T>(ValueTask<WsUpgrade<T>> answer) => (await answer)?.Answer!;

    /// <summary>The value that OnUpgrade passed to the handler that is being created.</summary>
    /// <exception cref="InvalidOperationException">OnUpgrade passed no value of this type.</exception>
    public static T UpgradeValue<T>(WsRequest request) =>
        request.UpgradeWithValue is WsUpgrade<T> upgrade
            ? upgrade.Value!
            : throw new InvalidOperationException($"The handler needs a {typeof(T)} from OnUpgrade: return WsUpgrade.AcceptWith.");

    /// <summary>A service that a handler requires.</summary>
    /// <exception cref="InvalidOperationException">The provider does not have the service.</exception>
    public static T GetRequiredService<T>(IServiceProvider services)
        where T : notnull =>
        (T?)services.GetService(typeof(T))
        ?? throw new InvalidOperationException(
            $"A handler takes the service {typeof(T)}: add it to the server's Services, or to their Fallback.");

    /// <summary>
    /// The logger of a class: the container's, if it has one of this type, else one from the server's <see cref="ILoggerFactory"/>.
    /// </summary>
    public static ILogger<T> GetLogger<T>(IServiceProvider services) =>
        // Ask the server's services, not the connection's, because a logger needs no scope.
        ((WsServices)services.GetService(typeof(WsServices))!).GetLogger<T>();

    /// <summary>A service that a handler takes as a nullable parameter; null if the provider does not have it.</summary>
    public static T? GetService<T>(IServiceProvider services)
        where T : class => (T?)services.GetService(typeof(T));
}
