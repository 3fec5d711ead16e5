using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WsAot.Routing;

/// <summary>What generated code calls to turn route values and services into arguments.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsBinding
{
    /// <summary>A route value as text.</summary>
    public static string ToString(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Parses a route value in the invariant culture, from UTF-8.</summary>
    public static bool TryParseUtf8<T>(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
        where T : IUtf8SpanParsable<T> => T.TryParse(utf8, CultureInfo.InvariantCulture, out value);

    /// <summary>Parses a route value in the invariant culture, from UTF-16: for types that cannot read UTF-8.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
        where T : ISpanParsable<T> => T.TryParse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture, out value);

    /// <summary>A value that <see cref="WsRoute.Accepts"/> has already seen to parse.</summary>
    public static T ParseUtf8<T>(ReadOnlySpan<byte> utf8)
        where T : IUtf8SpanParsable<T> => T.Parse(utf8, CultureInfo.InvariantCulture);

    /// <summary>A value that <see cref="WsRoute.Accepts"/> has already seen to parse.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> utf8)
        where T : ISpanParsable<T> => T.Parse(Encoding.UTF8.GetString(utf8), CultureInfo.InvariantCulture);

    /// <summary>The answer of an <see cref="OnUpgradeAttribute"/> method that hands something over.</summary>
    public static ValueTask<WsUpgrade> Upgrade<T>(WsUpgrade<T> answer) => new(answer?.Answer!);

    /// <inheritdoc cref="Upgrade{T}(WsUpgrade{T})"/>
    public static ValueTask<WsUpgrade> Upgrade<T>(Task<WsUpgrade<T>> answer) => Upgrade(new ValueTask<WsUpgrade<T>>(answer));

    /// <inheritdoc cref="Upgrade{T}(WsUpgrade{T})"/>
    public static async ValueTask<WsUpgrade> Upgrade<T>(ValueTask<WsUpgrade<T>> answer) => (await answer)?.Answer!;

    /// <summary>What was handed over to the handler that is being made.</summary>
    /// <exception cref="InvalidOperationException">Nothing of this type was.</exception>
    public static T UpgradeValue<T>(WsRequest request) =>
        request.UpgradeWithValue is WsUpgrade<T> upgrade
            ? upgrade.Value!
            : throw new InvalidOperationException($"OnUpgrade was to hand over a {typeof(T)}, and did not.");

    /// <summary>A service that a handler cannot do without.</summary>
    /// <exception cref="InvalidOperationException">The provider does not have it.</exception>
    public static T GetRequiredService<T>(IServiceProvider services)
        where T : notnull =>
        (T?)services.GetService(typeof(T))
        ?? throw new InvalidOperationException($"A handler takes the service {typeof(T)}, which was not added to the server's services, nor does their fallback have it.");

    /// <summary>A service that a handler takes as a nullable parameter; null where the provider does not have it.</summary>
    public static T? GetService<T>(IServiceProvider services)
        where T : class => (T?)services.GetService(typeof(T));
}
