using System.Diagnostics.CodeAnalysis;
using WsAot.Routing;

namespace WsAot.CommandLine;

/// <summary>The text that <c>--describe</c> prints: what the generator knows of the application.</summary>
internal static class Description
{
    private const string Option = "--describe";

    private static readonly string[] s_kinds = ["routes", "openrpc", "typescript"];

    /// <summary>
    /// To leave the text out of the native file, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Describe</c> to false with
    /// <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Describe")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Describe", out bool isSupported) || isSupported;

    public static string Kinds => string.Join(", ", s_kinds);

    public static bool IsAskedFor(string[] args) =>
        Array.Exists(args, static arg => arg == Option || arg.StartsWith(Option + "=", StringComparison.Ordinal));

    /// <exception cref="WsOptionException">Another option is given too, or the kind is unknown.</exception>
    public static ReadOnlySpan<byte> Find(WsRouteTable routes, string[] args)
    {
        string? kind = args switch
        {
            [Option, var word] => word,
            [var only] when only.Length > Option.Length => only[(Option.Length + 1)..],
            _ => null,
        };
        ReadOnlySpan<byte> text = kind is null ? default : routes.Describe(kind);
        return text.IsEmpty ? throw new WsOptionException($"Option 'describe' takes one of {Kinds}, and no other option beside it.") : text;
    }
}
