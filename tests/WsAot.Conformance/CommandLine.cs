using System.Globalization;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance;

/// <summary>The arguments of the program.</summary>
internal sealed record CommandLine(SuiteOptions Options, bool IsList, bool IsJson)
{
    public const string Usage = """
        Checks a WebSocket server against RFC 6455 and RFC 7692.

          dotnet run --project tests/WsAot.Conformance -- ws://host:port/echo [options]

        The route must be an echo. With wss://, everything goes over TLS; the certificate is not verified.

          --only <patterns>        cases whose id begins so, or matches with * and ?; separated by ','
          --skip <patterns>        cases to leave out
          --list                   print the cases and run none
          --json                   print one JSON object instead of a table
          --no-compression         the server has no permessage-deflate: no offer of it may be accepted
          --jobs <n>               cases at a time (4)
          --max-message <bytes>    the largest message that the route accepts (67108864); 0: skip these cases
          --max-fragments <n>      the most fragments of a message that the route accepts (65536); 0: skip these cases
          --guard <seconds>        how long a case may take (5)
          --large-guard <seconds>  how long a case with megabytes may take (60)

        Exit codes: 0 all passed, 1 some failed, 2 wrong usage, or no server listens there.
        """;

    /// <exception cref="FormatException">The arguments are wrong; the message says how.</exception>
    public static CommandLine Parse(string[] arguments)
    {
        Uri? target = null;
        bool isList = false;
        bool isJson = false;
        SuiteOptions options = new() { Target = new Uri("ws://127.0.0.1/") };
        for (int i = 0; i < arguments.Length; i++)
        {
            string Next() => ++i < arguments.Length ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value.");
            switch (arguments[i])
            {
                case "--list":
                    isList = true;
                    break;
                case "--json":
                    isJson = true;
                    break;
                case "--no-compression":
                    options = options with { Compression = false };
                    break;
                case "--only":
                    options = options with { Only = [.. options.Only, .. Split(Next())] };
                    break;
                case "--skip":
                    options = options with { Skip = [.. options.Skip, .. Split(Next())] };
                    break;
                case "--jobs":
                    options = options with { Jobs = (int)Number("--jobs", Next(), 1, 1000) };
                    break;
                case "--max-message":
                    options = options with { MaxMessageBytes = Number("--max-message", Next(), 0, 1 << 30) };
                    break;
                case "--max-fragments":
                    options = options with { MaxFragments = (int)Number("--max-fragments", Next(), 0, 10_000_000) };
                    break;
                case "--guard":
                    options = options with { Guard = TimeSpan.FromSeconds(Number("--guard", Next(), 1, 3600)) };
                    break;
                case "--large-guard":
                    options = options with { LargeGuard = TimeSpan.FromSeconds(Number("--large-guard", Next(), 1, 3600)) };
                    break;
                case ['-', ..] unknown:
                    throw new FormatException($"There is no option {unknown}.");
                case string address when target is null:
                    target = ParseTarget(address);
                    break;
                default:
                    throw new FormatException("Give only one address.");
            }
        }

        if (target is null && !isList) throw new FormatException("Give the address of a server: ws://host:port/path, or wss://");
        return new CommandLine(target is null ? options : options with { Target = target }, isList, isJson);
    }

    private static string[] Split(string patterns) =>
        patterns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Uri ParseTarget(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "ws" or "http" or "wss" or "https"
            ? uri
            : throw new FormatException($"\"{address}\" is not an address such as ws://127.0.0.1:8080/echo or wss://127.0.0.1:8443/echo.");

    private static long Number(string name, string text, long min, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max
            ? value
            : throw new FormatException($"{name} is a number from {min} to {max}, not \"{text}\".");
}
