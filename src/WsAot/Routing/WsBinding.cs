using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

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

    /// <summary>A service that a handler takes as a nullable parameter; null if the provider does not have it.</summary>
    public static T? GetService<T>(IServiceProvider services)
        where T : class => (T?)services.GetService(typeof(T));
}
