using System.Text.Json;
using Microsoft.Extensions.Configuration;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// Reads the options from the file, the environment and the command line; the last one to name an option wins. An unknown option is an
/// error.
/// </summary>
internal static class ServerConfiguration
{
    public const string FileName = "wsaot.json";

    private const string EnvironmentPrefix = "WSAOT_";

    /// <exception cref="UsageException">An option is misspelled, has no value, or has an invalid value.</exception>
    public static void Bind(string[] args, WsServerOptions server, HostOptions host)
    {
        IConfigurationRoot configuration = Load(args);
        // The binder's generator replaces both calls. The analyzer does not see that; ILC does, and would warn if a call were not replaced.
#pragma warning disable IL2026, IL3050
        configuration.Bind(server);
        configuration.Bind(host);
#pragma warning restore IL2026, IL3050
        if (OptionRules.FindError(server) is { } error) throw new UsageException(error);
    }

    private static IConfigurationRoot Load(string[] args)
    {
        IConfigurationRoot file = LoadFile();
        IConfigurationRoot environment = LoadEnvironment();
        CheckKeys(file);
        IConfigurationRoot all = new ConfigurationBuilder()
            // AddConfiguration would treat an empty value as missing.
            .AddInMemoryCollection(file.AsEnumerable())
            .AddInMemoryCollection(environment.AsEnumerable())
            .AddCommandLine(Normalize(args))
            .Build();
        // The binder would read an empty value as the default and a number as a name, and its messages speak of types.
        foreach (IConfigurationSection section in all.GetChildren())
        {
            if (OptionTable.FindValueError(section.Key, section.Value ?? "") is { } error) throw new UsageException(error);
        }

        return all;
    }

    private static IConfigurationRoot LoadFile()
    {
        var builder = new ConfigurationBuilder();
        if (!Path.Exists(FileName)) return builder.Build();
        try
        {
            // Read once: the provider that watches the file would make the native file larger.
            using FileStream stream = File.OpenRead(FileName);
            return builder.AddJsonStream(stream).Build();
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{FileName} cannot be read: {(exception.InnerException ?? exception).Message}");
        }
    }

    /// <summary>
    /// Environment variables with our prefix that name no option: a misspelled one, or one that Kubernetes sets for a service called wsaot.
    /// </summary>
    public static IEnumerable<string> FindUnknownVariables()
    {
        foreach (IConfigurationSection section in LoadEnvironment().GetChildren())
        {
            if (!IsKey(section.Key)) yield return EnvironmentPrefix + section.Key;
        }
    }

    private static IConfigurationRoot LoadEnvironment() => new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();

    private static bool IsKey(string key) => OptionTable.FindKey(key) is not null && !key.Contains('-');

    private static void CheckKeys(IConfigurationRoot file)
    {
        foreach (IConfigurationSection section in file.GetChildren())
        {
            if (!IsKey(section.Key)) throw new UsageException($"Unknown option '{section.Key}' in {FileName}.");
            if (section.Value is null) throw new UsageException($"Option '{section.Key}' in {FileName} must have one value.");
        }
    }

    /// <summary>
    /// Converts arguments to the form that the configuration reads: <c>--max-message-bytes 1</c> becomes <c>--maxmessagebytes=1</c>.
    /// </summary>
    private static string[] Normalize(string[] args)
    {
        var normalized = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            string? value = null;
            int equals = name.IndexOf('=');
            if (equals >= 0) (name, value) = (name[..equals], name[(equals + 1)..]);
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'{args[i]}' is not an option.");
            string key = OptionTable.FindKey(name[2..]) ?? throw new UsageException($"Unknown option '{name}'.");
            if (value is null)
            {
                bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
                if (!hasValue && !OptionTable.IsSwitch(name[2..])) throw new UsageException($"Option '{name}' needs a value.");
                value = hasValue ? args[++i] : "true";
            }

            normalized.Add($"--{key}={value}");
        }

        return [.. normalized];
    }
}
