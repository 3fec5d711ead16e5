using System.Diagnostics.CodeAnalysis;
using System.Text;
using WsAot.Routing;

namespace WsAot.CommandLine;

/// <summary>The text that <c>--describe</c> prints: the generator's description of the application.</summary>
internal static class Description
{
    private const string Option = "--describe";
    private const string UrlOption = "--url";
    private const string NamespaceOption = "--namespace";

    // These match the generator's output: the line of the namespace, and the default address of a server.
    private const string NamespaceKey = "\nnamespace ";
    private const string UrlKey = "\"url\": \"";
    private const string UsualAddress = "ws://127.0.0.1:8080";

    private static readonly string[] s_kinds = ["routes", "openrpc", "typescript", "csharp"];

    /// <summary>
    /// To leave the text out of the native file, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Describe</c> to false with
    /// <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Describe")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Describe", out bool isSupported) || isSupported;

    public static string Kinds => string.Join(", ", s_kinds);

    public static bool IsAskedFor(string[] args) => Array.Exists(args, static arg => Is(arg, Option));

    /// <exception cref="WsStartException">
    /// Two routes match the same paths, or two assemblies have different types of the same name.
    /// </exception>
    /// <exception cref="WsOptionException">Another option is given too, the kind is unknown, or the URL is not valid.</exception>
    public static ReadOnlySpan<byte> Find(WsRouteTable routes, string[] args)
    {
        routes.ThrowIfConflicting();
        string[] rest = args;
        string? kind = Take(Option, ref rest);
        string? url = kind == "openrpc" ? Take(UrlOption, ref rest) : null;
        string? name = kind == "csharp" ? Take(NamespaceOption, ref rest) : null;
        ReadOnlySpan<byte> text = kind is null || rest.Length > 0 ? default : routes.Describe(kind);
        if (text.IsEmpty)
        {
            throw new WsOptionException(
                $"Option 'describe' must be one of {Kinds}. The only other options allowed are 'url' with openrpc and 'namespace' with "
                + "csharp.");
        }

        return url is not null ? WithUrl(text, url) : name is not null ? WithNamespace(text, name) : text;
    }

    private static bool Is(string arg, string option) =>
        arg == option || (arg.StartsWith(option, StringComparison.Ordinal) && arg[option.Length] == '=');

    /// <summary>
    /// Removes an option and its value from the arguments and returns the value. Option and value are one argument or two.
    /// </summary>
    private static string? Take(string option, ref string[] args)
    {
        int at = Array.FindIndex(args, arg => Is(arg, option));
        if (at < 0) return null;
        bool isInOne = args[at].Length > option.Length;
        if (!isInOne && at + 1 == args.Length) return null;
        string value = isInOne ? args[at][(option.Length + 1)..] : args[at + 1];
        args = [.. args[..at], .. args[(at + (isInOne ? 1 : 2))..]];
        return value;
    }

    /// <summary>
    /// Puts the address of the server into a document. Quotes inside a string are escaped, so the search finds only keys.
    /// </summary>
    private static byte[] WithUrl(ReadOnlySpan<byte> text, string url)
    {
        if (!IsAddress(url))
        {
            throw new WsOptionException($"Option 'url' cannot be '{url}': write an address such as wss://example.com, without a query.");
        }

        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)
            .Replace(UrlKey + UsualAddress, UrlKey + url.TrimEnd('/'), StringComparison.Ordinal));
    }

    /// <summary>Puts the classes of a client into a namespace.</summary>
    private static byte[] WithNamespace(ReadOnlySpan<byte> text, string name)
    {
        if (!Array.TrueForAll(name.Split('.'), IsIdentifier))
        {
            throw new WsOptionException($"Option 'namespace' cannot be '{name}': write a name such as MyApp.Client.");
        }

        string file = Encoding.UTF8.GetString(text);
        int start = file.IndexOf(NamespaceKey, StringComparison.Ordinal) + NamespaceKey.Length;
        return start < NamespaceKey.Length
            ? Encoding.UTF8.GetBytes(file)
            : Encoding.UTF8.GetBytes($"{file[..start]}{name}{file[file.IndexOf(';', start)..]}");
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>
    /// Whether a text is a scheme, an authority and perhaps a path (RFC 3986 section 3). System.Uri checks it better, but adds 80 KB to the
    /// native file.
    /// </summary>
    private static bool IsAddress(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || url[..scheme] is not ("ws" or "wss" or "http" or "https")) return false;
        ReadOnlySpan<char> rest = url.AsSpan(scheme + 3);
        foreach (char one in rest)
        {
            if (one is <= ' ' or > '~' || "?#\"<>\\^`{|}".Contains(one)) return false;
        }

        return rest.Length > 0 && rest[0] != '/';
    }
}
