using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace WsAot.Nats.Connecting;

/// <summary>The section <c>nats</c> of a configuration.</summary>
internal static class NatsSection
{
    public const string Key = "nats";

    // Read by hand, because the binder stops at the first error. Each function takes a value, and returns the required form if it does not
    // fit.
    private static readonly (string Name, Func<WsNatsOptions, string, string?> Take)[] s_options =
    [
        Text(nameof(WsNatsOptions.Url), static (options, value) => options.Url = value),
        Text(nameof(WsNatsOptions.Prefix), static (options, value) => options.Prefix = value),
        Text(nameof(WsNatsOptions.CredentialsFile), static (options, value) => options.CredentialsFile = value),
        Text(nameof(WsNatsOptions.SeedFile), static (options, value) => options.SeedFile = value),
        Text(nameof(WsNatsOptions.User), static (options, value) => options.User = value),
        Text(nameof(WsNatsOptions.Password), static (options, value) => options.Password = value),
        Text(nameof(WsNatsOptions.Token), static (options, value) => options.Token = value),
        Text(nameof(WsNatsOptions.CaFile), static (options, value) => options.CaFile = value),
        Text(nameof(WsNatsOptions.CertificateFile), static (options, value) => options.CertificateFile = value),
        Text(nameof(WsNatsOptions.KeyFile), static (options, value) => options.KeyFile = value),
        (nameof(WsNatsOptions.RequiredForReadiness), TakeRequiredForReadiness),
        Number(nameof(WsNatsOptions.MaxPendingBytes), static (options, value) => options.MaxPendingBytes = value),
        Number(nameof(WsNatsOptions.StoreTimeoutMs), static (options, value) => options.StoreTimeoutMs = value),
        Number(nameof(WsNatsOptions.Replicas), static (options, value) => options.Replicas = value),
        Number(nameof(WsNatsOptions.PresenceTimeoutMs), static (options, value) => options.PresenceTimeoutMs = value),
    ];

    /// <summary>Whether the section exists.</summary>
    public static bool IsIn(IConfiguration configuration) => configuration.GetSection(Key).GetChildren().Any();

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="errors">Gets a sentence for each unknown name, and for each value of the wrong form. Such values are skipped.</param>
    public static WsNatsOptions Read(IConfiguration configuration, List<string> errors)
    {
        var options = new WsNatsOptions();
        foreach (IConfigurationSection value in configuration.GetSection(Key).GetChildren())
        {
            Func<WsNatsOptions, string, string?>? take =
                Array.Find(s_options, option => option.Name.Equals(value.Key, StringComparison.OrdinalIgnoreCase)).Take;
            if (take is null) errors.Add($"Unknown option '{value.Path}'.");
            else if (value.Value is null) errors.Add($"Option '{value.Path}' must have one value.");
            else if (take(options, value.Value) is { } form) errors.Add($"Option '{value.Path}' must be {form}, not '{value.Value}'.");
        }

        return options;
    }

    private static (string, Func<WsNatsOptions, string, string?>) Text(string name, Action<WsNatsOptions, string> set) =>
        (name, (options, value) => TakeText(options, value, set));

    private static (string, Func<WsNatsOptions, string, string?>) Number(string name, Action<WsNatsOptions, int> set) =>
        (name, (options, value) => TakeNumber(options, value, set));

    private static string? TakeText(WsNatsOptions options, string value, Action<WsNatsOptions, string> set)
    {
        set(options, value);
        return null;
    }

    private static string? TakeNumber(WsNatsOptions options, string value, Action<WsNatsOptions, int> set)
    {
        if (!int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)) return "a whole number";
        set(options, number);
        return null;
    }

    private static string? TakeRequiredForReadiness(WsNatsOptions options, string value)
    {
        if (!bool.TryParse(value, out bool isRequired)) return "true or false";
        options.RequiredForReadiness = isRequired;
        return null;
    }
}
