using System.Globalization;
using System.Text;

namespace WsAot.CommandLine;

/// <summary>The options by name: for the command line, for <c>--help</c>, and for telling a misspelled option from a known one.</summary>
internal static class OptionTable
{
    /// <summary>Name as on the command line, value, default, meaning. The most interesting options come first.</summary>
    public static readonly (string Name, string Value, string Default, string Meaning)[] Rows =
    [
        ("urls", "list", "ws://127.0.0.1:8080", "addresses, separated by ';' (an IP, localhost, * or unix:/path; port 0: any)"),
        ("unix-socket-mode", "octal", "0660", "the permissions of the files of unix: addresses"),
        ("unix-socket-owner", "user", "", "their owner: user, user:group or :group, by name or number; empty: the process'"),
        ("trusted-proxies", "list", "", "whose word about clients counts, separated by ';': 10.0.0.0/8, fd00::1, unix; empty: nobody's"),
        ("forwarded-headers", "name", "x-forwarded", "how they say it: x-forwarded (X-Forwarded-For, -Proto, -Host) or forwarded"),
        ("proxy-protocol", "bool", "false", "connections begin with a header of the PROXY protocol; without a value: true"),
        ("transport", "name", "auto", "auto, epoll (Linux) or sockets"),
        ("loops", "number", "0", "event loops, each with a thread; 0: one for each processor"),
        ("max-connections", "number", "0", "further ones are answered with 503; 0: 100000, or what the descriptor limit allows"),
        ("allowed-origins", "list", "", "origins besides the server's own, separated by ';', such as https://*.example.com; *: any"),
        ("allowed-hosts", "list", "", "names that may be asked for; *: any; empty: any, or loopback's if it listens there only"),
        ("tls-certificate-file", "file", "", "for wss:// addresses: the certificate and its chain (PEM); read again when it changes"),
        ("tls-key-file", "file", "", "its private key (PEM); empty: in the file of the certificate"),
        ("tls-key-password-file", "file", "", "the password of an encrypted key"),
        ("tls-min-version", "version", "1.2", "1.2 or 1.3"),
        ("tls-client-certificate", "mode", "none", "whether clients are asked for a certificate: none, optional or required"),
        ("tls-client-ca-file", "file", "", "the authorities of clients' certificates (PEM)"),
        ("redirect-http", "scheme", "", "https: ws:// addresses answer every request with 308 to the first wss:// address"),
        ("hsts-max-age-seconds", "seconds", "0", "Strict-Transport-Security in responses over TLS; 0: no such header"),
        ("max-message-bytes", "bytes", "65536", "a larger message closes with 1009 (a route may say otherwise)"),
        ("max-fragments", "number", "0", "a message in more frames closes with 1008; 0: 1024 or one a KiB (a route may say otherwise)"),
        ("max-pending-input-bytes", "bytes", "1048576", "messages that may wait for a handler before its connection is read no more"),
        ("max-pending-output-bytes", "bytes", "1048576", "output that may wait for a slow peer (a route may say otherwise)"),
        ("slow-consumer", "policy", "drop", "what publishing does beyond that: drop or close (a route may say otherwise)"),
        ("max-messages-per-second", "number", "0", "messages of one connection, pings included; 0: any number (a route may say otherwise)"),
        ("max-message-burst", "number", "0", "of these, at once after a rest; 0: one second's worth (a route may say otherwise)"),
        ("max-bytes-per-second", "bytes", "0", "payload of one connection, decompressed; 0: any number (a route may say otherwise)"),
        ("max-byte-burst", "bytes", "0", "of these, at once after a rest; 0: one second's worth (a route may say otherwise)"),
        ("rate-limit-policy", "policy", "pause", "beyond these rates: pause reading, or close with 1008 (a route may say otherwise)"),
        ("max-connection-lifetime-ms", "ms", "0", "older connections are closed with 1012; 0: never (a route may say otherwise)"),
        ("max-connections-per-address", "number", "0", "of an IPv4 address or an IPv6 /64; further ones get 429; 0: any number"),
        ("max-upgrades-per-second-per-address", "number", "0", "further ones are answered with 429 and Retry-After; 0: any number"),
        ("max-upgrade-burst-per-address", "number", "0", "of these, at once after a rest; 0: one second's worth"),
        ("max-upgrades-per-second", "number", "0", "further ones are answered with 503 and Retry-After, which spreads them; 0: any number"),
        ("max-upgrade-burst", "number", "0", "of these, at once after a rest; 0: one second's worth"),
        ("max-connections-per-user", "number", "0", "of a user whom the application names; 0: any number"),
        ("user-limit-policy", "policy", "refuse", "beyond that: refuse with 429, or replace the oldest connection, closed with 1008"),
        ("max-memory-bytes", "bytes", "0", "near it, upgrades get 503, then the largest connections close; 0: the container's; -1: none"),
        ("compression", "mode", "none", "none, shared or dedicated: per loop or per connection (a route may say otherwise)"),
        ("compression-level", "number", "1", "1 (fastest) to 9 (smallest)"),
        ("compression-threshold-bytes", "bytes", "256", "shorter messages are not compressed"),
        ("max-head-bytes", "bytes", "16384", "a larger request head is answered with 431"),
        ("max-path-bytes", "bytes", "2048", "a request for a longer path is answered with 414"),
        ("max-header-count", "number", "100", "a request with more headers is answered with 431"),
        ("handshake-timeout-ms", "ms", "10000", "for TLS and the request head together; a head that is late is answered with 408"),
        ("keep-alive-timeout-ms", "ms", "10000", "a connection of plain HTTP that asks for nothing more for so long is closed"),
        ("ping-interval-ms", "ms", "25000", "silence after which a ping is sent; 0: never"),
        ("pong-timeout-ms", "ms", "10000", "a ping not answered by then ends the connection"),
        ("idle-timeout-ms", "ms", "0", "time without a message either way after which a connection is closed with 1001; 0: never"),
        ("close-timeout-ms", "ms", "5000", "a closing handshake in which less than 1 KiB of output goes out for so long is ended"),
        ("drain-delay-ms", "ms", "-1", "how long a server that stops still accepts, not ready; -1: 5000 in a container, else 0"),
        ("drain-batch", "number", "1000", "connections that are closed together when the server stops"),
        ("drain-interval-ms", "ms", "200", "the pause between two such portions"),
        ("drain-close-code", "code", "1001", "what they are closed with: 1001, or 1012 (service restart)"),
        ("drain-timeout-ms", "ms", "10000", "how long a server that stops waits for its connections, after the delay"),
        ("admin-urls", "list", "", "addresses of /metrics, /healthz and /readyz, separated by ';', such as http://127.0.0.1:9090"),
        ("admin-token-file", "file", "", "the secret for them; needed where other machines can reach them"),
        ("log-level", "level", "information", "trace, debug, information, warning, error, critical or none"),
        ("log-format", "format", "text", "text or json, to stderr"),
        ("log-connections", "bool", "false", "a line for each connection that opens or has closed, at information; without a value: true"),
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

    /// <summary>Whether an option may stand on the command line without its value, which is true then.</summary>
    /// <param name="key">The key of the option.</param>
    public static bool IsSwitch(string key) =>
        key.Equals(nameof(WsServerOptions.LogConnections), StringComparison.OrdinalIgnoreCase)
        || key.Equals(nameof(WsServerOptions.ProxyProtocol), StringComparison.OrdinalIgnoreCase);

    /// <summary>A sentence that says what is wrong with the form of a value; null if nothing is.</summary>
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

    /// <summary>What <c>--help</c> prints.</summary>
    /// <param name="program">The name of the program.</param>
    /// <param name="names">Where else options are read from.</param>
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
                .Append("instead of serving, print what is served: ")
                .Append(Description.Kinds)
                .Append('\n')
                .Append("  --")
                .Append("url <url>".PadRight(36))
                .Append("beside --describe openrpc: the address of the server\n")
                .Append("  --")
                .Append("namespace <name>".PadRight(36))
                .Append("beside --describe csharp: the namespace of the client\n");
        }

        return text.Append("  --").Append("config <file>".PadRight(36)).Append("reads this JSON file, not the one below; repeatable\n")
            .Append("  --").Append("healthcheck".PadRight(36))
            .Append("instead of serving, ask a server with these options for /healthz; 0 if it is healthy, else 1\n")
            .Append("  --").Append("check".PadRight(36))
            .Append("instead of serving, say everything that is wrong with the options; 0 if nothing is, else 2\n")
            .Append("  --").Append("help".PadRight(36)).Append("this text\n")
            .Append("  --").Append("version".PadRight(36)).Append("the version\n\n")
            .Append("The same options are read from ").Append(names.FileName).Append(", in the current folder or else beside the file\n")
            .Append("of the program ({ \"maxMessageBytes\": 1048576 }), and from the environment\n(")
            .Append(names.EnvironmentPrefix)
            .Append("MAXMESSAGEBYTES=1048576). The environment wins over the file, the command line over both.\n")
            .Append("A level for one category: --log-level:WsAot.Server debug. Other names with a colon, and sections\n")
            .Append("of the file, are the application's.\n\n")
            .Append("At SIGHUP it reads the options again, and those that can change do; see docs/howto/configuration.md.\n")
            .Append("Prints 'listening on <url>' for each address when it is ready. Ends with 0 when it was stopped (SIGTERM, SIGINT),\n")
            .Append("1 when it could not run, 2 when an option is wrong.\n")
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
