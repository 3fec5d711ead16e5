using System.Globalization;
using System.Numerics;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Load;

/// <summary>The options of the load; see the usage in Program.cs.</summary>
internal sealed class LoadOptions
{
    private LoadOptions(Dictionary<string, string> values)
    {
        Port = Number(values, "port", 0, 1, 65_535);
        ServerId = Number(values, "server-id", 0, 1, int.MaxValue);
        Path = values.GetValueOrDefault("path", "/echo");
        IsSecure = OneOf(values, "scheme", "ws", "wss") == "wss";
        Handshakes = OneOf(values, "handshakes", "none", "full", "resumed");
        Connections = Number(values, "connections", 50, 0, 1_000_000);
        Idle = Number(values, "idle", 0, 0, 1_000_000);
        Subscribers = Number(values, "subscribers", 0, 0, 1_000_000);
        Bytes = Number(values, "bytes", 64, 1, 16 * 1024 * 1024);
        Depth = Number(values, "depth", 1, 1, 1024);
        Kind = OneOf(values, "kind", [.. Payload.Kinds]);
        Rate = Number(values, "rate", 0.0, 0, 1e9);
        WarmupSeconds = Number(values, "warmup", 0.5, 0, 3600);
        Seconds = Number(values, "seconds", 2.0, 0.01, 3600);
        if (Port == 0 || ServerId == 0) throw new FormatException("--port and --server-id are missing.");
        if (Subscribers > 0 && Rate > 0) throw new FormatException("--rate is for echo, --subscribers for fan-out.");
        if (Rate > 0 && Connections == 0) throw new FormatException("--rate needs connections to send on.");
        if (Handshakes != "none" && !IsSecure) throw new FormatException("--handshakes are those of TLS: they need --scheme wss.");
    }

    public int Port { get; }

    public int ServerId { get; }

    public string Path { get; }

    /// <summary>Whether the server speaks TLS.</summary>
    public bool IsSecure { get; }

    /// <summary>
    /// <c>none</c>: messages are measured; otherwise connections that end after their TLS handshake: <c>full</c> or <c>resumed</c>.
    /// </summary>
    public string Handshakes { get; }

    /// <summary>Connections that send: echo's clients, or fan-out's publishers.</summary>
    public int Connections { get; }

    public int Idle { get; }

    public int Subscribers { get; }

    public int Bytes { get; }

    public int Depth { get; }

    public string Kind { get; }

    public bool IsDeflated => Kind == "json";

    /// <summary>Messages a second of all connections together; 0: as many as come back.</summary>
    public double Rate { get; }

    public double WarmupSeconds { get; }

    public double Seconds { get; }

    /// <exception cref="FormatException">A name is unknown or has no value, or a value is out of range.</exception>
    public static LoadOptions Parse(ReadOnlySpan<string> args)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new FormatException($"'{args[i]}' is not an option.");
            if (i + 1 == args.Length) throw new FormatException($"Option '{args[i]}' needs a value.");
            values[args[i][2..]] = args[i + 1];
        }

        string[] known =
        [
            "port", "server-id", "path", "scheme", "handshakes", "connections", "idle", "subscribers", "bytes", "depth", "kind", "rate",
            "warmup", "seconds",
        ];
        if (values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"Unknown option '--{unknown}'.");
        }

        return new LoadOptions(values);
    }

    private static string OneOf(Dictionary<string, string> values, string name, params ReadOnlySpan<string> allowed)
    {
        string value = values.GetValueOrDefault(name, allowed[0]);
        if (allowed.Contains(value)) return value;
        throw new FormatException($"--{name} is one of {string.Join(", ", allowed)}, not '{value}'.");
    }

    private static T Number<T>(Dictionary<string, string> values, string name, T preset, T min, T max)
        where T : INumber<T>
    {
        if (!values.TryGetValue(name, out string? text)) return preset;
        if (!T.TryParse(text, CultureInfo.InvariantCulture, out T? value) || value < min || value > max)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"--{name} is a number from {min} to {max}, not '{text}'."));
        }

        return value;
    }
}
