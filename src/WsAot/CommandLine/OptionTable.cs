using System.Globalization;
using System.Text;

namespace WsAot.CommandLine;

/// <summary>The options by name: for the command line, for <c>--help</c>, and to detect misspelled options.</summary>
internal static class OptionTable
{
    /// <summary>Name as on the command line, value, default, meaning. The most interesting options come first.</summary>
    public static readonly (string Name, string Value, string Default, string Meaning)[] Rows =
    [
        ("urls", "list", "ws://127.0.0.1:8080", "addresses, separated by ';': an IP, localhost, * or unix:/path, and a port"),
        ("unix-socket-mode", "octal", "0660", "permissions of Unix socket files"),
        ("unix-socket-owner", "user", "", "owner of Unix socket files: user, user:group or :group, by name or number"),
        ("trusted-proxies", "list", "", "proxies whose headers are believed, separated by ';': 10.0.0.0/8, fd00::1, unix"),
        ("forwarded-headers", "name", "x-forwarded", "the headers they send: x-forwarded (X-Forwarded-For, -Proto, -Host) or forwarded"),
        ("proxy-protocol", "bool", "false", "every connection begins with a PROXY protocol header"),
        ("transport", "name", "auto", "epoll (Linux), sockets, or auto"),
        ("loops", "number", "0", "event loops, each with its own thread; 0: one for each processor"),
        ("max-connections", "number", "0", "further connections get 503; 0: 100000, or what the descriptor limit allows"),
        ("allowed-origins", "list", "", "origins besides the server's own, separated by ';', such as https://*.example.com; *: any"),
        ("allowed-hosts", "list", "", "host names that requests may ask for; *: any; empty: any, or localhost if it listens there only"),
        ("tls-certificate-file", "file", "", "certificate and chain (PEM) for wss:// addresses; read again when it changes"),
        ("tls-key-file", "file", "", "private key (PEM); empty: it is in the certificate file"),
        ("tls-key-password-file", "file", "", "password of an encrypted private key"),
        ("tls-min-version", "version", "1.2", "1.2 or 1.3"),
        ("tls-client-certificate", "mode", "none", "whether clients need a certificate: none, optional or required"),
        ("tls-client-ca-file", "file", "", "authorities (PEM) that may sign client certificates"),
        ("redirect-http", "scheme", "", "https: redirect requests to ws:// addresses to the first wss:// address (308)"),
        ("hsts-max-age-seconds", "seconds", "0", "Strict-Transport-Security in responses over TLS; 0: not sent"),
        ("max-message-bytes", "bytes", "65536", "a larger message closes the connection with 1009 *"),
        ("max-fragments", "number", "0", "a message in more frames closes the connection with 1008; 0: one a KiB, at least 1024 *"),
        ("max-pending-input-bytes", "bytes", "1048576", "messages waiting for a busy handler; beyond that the connection is not read"),
        ("max-pending-output-bytes", "bytes", "1048576", "output waiting for a slow client; beyond that the connection is not read *"),
        ("slow-consumer", "policy", "drop", "what publishing to such a client does: drop the message, or close the connection *"),
        ("max-messages-per-second", "number", "0", "messages from one connection, pings included; 0: no limit *"),
        ("max-message-burst", "number", "0", "how many of them may come at once after a pause; 0: one second's worth *"),
        ("max-bytes-per-second", "bytes", "0", "payload from one connection, after decompression; 0: no limit *"),
        ("max-byte-burst", "bytes", "0", "how many of them may come at once after a pause; 0: one second's worth *"),
        ("rate-limit-policy", "policy", "pause", "beyond these rates: pause reading, or close the connection with 1008 *"),
        ("max-connection-lifetime-ms", "ms", "0", "an older connection is closed with 1012; 0: never *"),
        ("max-connections-per-address", "number", "0", "from one IPv4 address or IPv6 /64; further ones get 429; 0: no limit"),
        ("max-upgrades-per-second-per-address", "number", "0", "new connections from one such address; further ones get 429; 0: no limit"),
        ("max-upgrade-burst-per-address", "number", "0", "how many of them may come at once after a pause; 0: one second's worth"),
        ("max-upgrades-per-second", "number", "0", "new connections from all clients; further ones get 503 and a Retry-After; 0: no limit"),
        ("max-upgrade-burst", "number", "0", "how many of them may come at once after a pause; 0: one second's worth"),
        ("max-connections-per-user", "number", "0", "of one user, as the application names them; 0: no limit"),
        ("user-limit-policy", "policy", "refuse", "beyond that: refuse the new one with 429, or replace the oldest one"),
        ("max-memory-bytes", "bytes", "0", "near it, upgrades get 503, then the largest connections close; 0: the container's; -1: none"),
        ("compression", "mode", "none", "permessage-deflate: none, shared (a compressor a loop) or dedicated (one a connection) *"),
        ("compression-level", "number", "1", "1 (fastest) to 9 (smallest)"),
        ("compression-threshold-bytes", "bytes", "256", "shorter messages are not compressed"),
        ("max-head-bytes", "bytes", "16384", "a larger request head gets 431"),
        ("max-path-bytes", "bytes", "2048", "a longer path gets 414"),
        ("max-header-count", "number", "100", "a request with more headers gets 431"),
        ("handshake-timeout-ms", "ms", "10000", "for the TLS handshake and the request head together; a late request gets 408"),
        ("keep-alive-timeout-ms", "ms", "10000", "for the next request on a plain HTTP connection"),
        ("ping-interval-ms", "ms", "25000", "silence after which the server sends a ping; 0: it sends none"),
        ("pong-timeout-ms", "ms", "10000", "for the answer to a ping; a connection without one is ended"),
        ("idle-timeout-ms", "ms", "0", "a connection without a message for so long is closed with 1001; 0: never"),
        ("close-timeout-ms", "ms", "5000", "for the closing handshake; each KiB of output sent meanwhile starts it again"),
        ("drain-delay-ms", "ms", "-1", "how long a stopping server still accepts, but is not ready; -1: 5000 in a container, else 0"),
        ("drain-batch", "number", "1000", "how many connections a stopping server closes at a time"),
        ("drain-interval-ms", "ms", "200", "the pause between them"),
        ("drain-close-code", "code", "1001", "what it closes them with: 1001, or 1012 (service restart)"),
        ("drain-timeout-ms", "ms", "10000", "how long it waits for connections to end, after the delay"),
        ("admin-urls", "list", "", "addresses for metrics, health, readiness and the dashboard, such as http://127.0.0.1:9090"),
        ("admin-token-file", "file", "", "the secret for them; required if other machines can reach them"),
        ("log-level", "level", "information", "trace, debug, information, warning, error, critical or none"),
        ("log-format", "format", "text", "text or json, to stderr"),
        ("log-connections", "bool", "false", "log each connection that opens or closes, at information"),
    ];

    /// <summary>The configuration key of an option: its name without dashes, in any case. Null if the option is unknown.</summary>
    public static string? FindKey(string name)
    {
        string key = KeyOf(name);
        foreach ((string known, _, _, _) in Rows)
        {
            if (key.Equals(KeyOf(known), StringComparison.OrdinalIgnoreCase)) return key;
        }

        return null;
    }

    /// <summary>Whether an option can be given without a value, which then means true.</summary>
    /// <param name="key">The key of the option.</param>
    public static bool IsSwitch(string key) =>
        key.Equals(nameof(WsServerOptions.LogConnections), StringComparison.OrdinalIgnoreCase)
        || key.Equals(nameof(WsServerOptions.ProxyProtocol), StringComparison.OrdinalIgnoreCase);

    /// <summary>A sentence that says what is wrong with the form of a value; null if it is valid.</summary>
    /// <param name="key">A key that <see cref="FindKey"/> knows.</param>
    /// <param name="value">The value as it was written.</param>
    public static string? FindValueError(string key, string value)
    {
        foreach ((string name, string kind, string preset, _) in Rows)
        {
            if (!key.Equals(KeyOf(name), StringComparison.OrdinalIgnoreCase)) continue;
            if (value.Length == 0) return preset.Length == 0 ? null : $"Option '{name}' needs a value.";
            if (kind is "list" or "file" or "octal" or "user") return null;
            string[] choices = Choices(name);
            if (choices.Length == 0)
            {
                return IsNumber(value, isLong: name == "max-memory-bytes")
                    ? null
                    : $"Option '{name}' must be a whole number, not '{value}'.";
            }

            return choices.Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"Option '{name}' must be one of {string.Join(", ", choices)}, not '{value}'.";
        }

        return null;
    }

    private static bool IsNumber(string value, bool isLong) =>
        long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
        && (isLong || number is >= int.MinValue and <= int.MaxValue);

    /// <summary>Whether the option's value is a list.</summary>
    /// <param name="key">A key that <see cref="FindKey"/> knows.</param>
    public static bool IsList(string key)
    {
        foreach ((string name, string kind, _, _) in Rows)
        {
            if (key.Equals(KeyOf(name), StringComparison.OrdinalIgnoreCase)) return kind == "list";
        }

        return false;
    }

    /// <summary>The named values of an option; empty if it takes any value.</summary>
    private static string[] Choices(string name) => name switch
    {
        "transport" => ["auto", "epoll", "sockets"],
        "slow-consumer" => ["drop", "close"],
        "rate-limit-policy" => ["pause", "close"],
        "user-limit-policy" => ["refuse", "replace"],
        "compression" => ["none", "shared", "dedicated"],
        "tls-min-version" => ["1.2", "1.3"],
        "tls-client-certificate" => ["none", "optional", "required"],
        "redirect-http" => ["https"],
        "drain-close-code" => ["1001", "1012"],
        "log-level" => LogLevels.Names,
        "log-format" => ["text", "json"],
        "forwarded-headers" => ["x-forwarded", "forwarded"],
        "log-connections" or "proxy-protocol" => ["true", "false"],
        _ => [],
    };

    private static string KeyOf(string name) => name.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The text that <c>--help</c> prints.</summary>
    /// <param name="program">The name of the program.</param>
    /// <param name="names">The names of the file and the variables that options are read from.</param>
    /// <param name="added">The options that packages have added.</param>
    public static string Help(string program, ConfigurationNames names, IReadOnlyList<SectionOption>? added = null)
    {
        var text = new StringBuilder();
        text.Append("Usage: ").Append(program).Append(" [options]\n\n");
        foreach ((string name, string value, string preset, string meaning) in Rows) AppendRow(text, name, value, preset, meaning);
        foreach (SectionOption option in added ?? []) AppendRow(text, option.Name, option.Value, option.Default, option.Meaning);
        if (Description.IsSupported)
        {
            text.Append("  --")
                .Append("describe <kind>".PadRight(36))
                .Append("print what is served, and exit: ")
                .Append(Description.Kinds)
                .Append('\n')
                .Append("  --")
                .Append("url <url>".PadRight(36))
                .Append("with --describe openrpc: the address of the server\n")
                .Append("  --")
                .Append("namespace <name>".PadRight(36))
                .Append("with --describe csharp: the namespace of the client\n");
        }

        return text.Append("  --").Append("config <file>".PadRight(36)).Append("a JSON file to read instead of the one below; repeatable\n")
            .Append("  --").Append("healthcheck".PadRight(36))
            .Append("ask the server with these options whether it is healthy; exit with 0 if it is, else 1\n")
            .Append("  --").Append("check".PadRight(36))
            .Append("list everything that is wrong with the options; exit with 0 if nothing is, else 2\n")
            .Append("  --").Append("help".PadRight(36)).Append("print this text\n")
            .Append("  --").Append("version".PadRight(36)).Append("print the version\n\n")
            .Append("*: a route can set its own value, in [WsRoute].\n")
            .Append("<bool>: without a value, true.\n\n")
            .Append("Options can also be set in ")
            .Append(names.FileName)
            .Append(" ({ \"maxMessageBytes\": 1048576 }), in the current folder or else\n")
            .Append("beside the executable, and in the environment (")
            .Append(names.EnvironmentPrefix)
            .Append("MAXMESSAGEBYTES=1048576). The command line overrides\nthe environment, and the environment overrides the file.\n")
            .Append("To set the log level of one category: --log-level:WsAot.Server debug. Sections of the file, and other names with a\n")
            .Append("colon, belong to the application.\n\n")
            .Append("When the server is ready it prints 'listening on <url>' for each address. SIGHUP reads the options again\n")
            .Append("(see docs/how-to/configuration.md). Exit codes: 0 stopped (SIGTERM, SIGINT), 1 could not run, 2 an option is wrong.\n")
            .ToString();
    }

    private static void AppendRow(StringBuilder text, string name, string value, string preset, string meaning)
    {
        string option = $"{name} <{value}>";
        text.Append("  --").Append(option.PadRight(36));
        if (option.Length >= 36) text.Append('\n').Append(' ', 40);
        text.Append(meaning);
        if (preset.Length > 0) text.Append(" [").Append(preset).Append(']');
        text.Append('\n');
    }
}
