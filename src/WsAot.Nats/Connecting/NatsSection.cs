using Microsoft.Extensions.Configuration;

namespace WsAot.Nats.Connecting;

/// <summary>The section <c>nats</c> of a configuration. The binder reads it, and passes over what is misspelt.</summary>
internal static class NatsSection
{
    public const string Key = "nats";

    private static readonly string[] s_names =
    [
        nameof(WsNatsOptions.Url), nameof(WsNatsOptions.Prefix), nameof(WsNatsOptions.CredentialsFile), nameof(WsNatsOptions.SeedFile),
        nameof(WsNatsOptions.User), nameof(WsNatsOptions.Password), nameof(WsNatsOptions.Token), nameof(WsNatsOptions.CaFile),
        nameof(WsNatsOptions.CertificateFile), nameof(WsNatsOptions.KeyFile), nameof(WsNatsOptions.RequiredForReadiness),
        nameof(WsNatsOptions.MaxPendingBytes), nameof(WsNatsOptions.StoreTimeoutMs), nameof(WsNatsOptions.Replicas),
        nameof(WsNatsOptions.PresenceTimeoutMs),
    ];

    /// <summary>Whether anything is said there.</summary>
    public static bool IsIn(IConfiguration configuration) => configuration.GetSection(Key).GetChildren().Any();

    /// <exception cref="WsOptionException">A name is unknown, or a value has the wrong form.</exception>
    public static WsNatsOptions Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        IConfigurationSection section = configuration.GetSection(Key);
        foreach (IConfigurationSection value in section.GetChildren())
        {
            if (!s_names.Contains(value.Key, StringComparer.OrdinalIgnoreCase)) errors.Add($"Unknown option '{value.Path}'.");
            else if (value.Value is null) errors.Add($"Option '{value.Path}' must have one value.");
        }

        if (errors.Count > 0) throw new WsOptionException(errors);
        var options = new WsNatsOptions();
        try
        {
            // The binder's generator replaces the call. The analyzer does not see that; ILC does.
#pragma warning disable IL2026, IL3050
            section.Bind(options);
#pragma warning restore IL2026, IL3050
        }
        catch (InvalidOperationException exception)
        {
            throw new WsOptionException($"{exception.Message} {exception.InnerException?.Message}".Trim(), exception);
        }

        return options;
    }
}
