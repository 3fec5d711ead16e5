using Microsoft.Extensions.Configuration;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// The section <c>tls</c> with the list of certificates: <c>{ "certificates": [ { "hosts": ["a.example.com"], "certificateFile": "a.pem",
/// "keyFile": "a.key" } ] }</c>. The binder reads it, but ignores misspelt names, so they are checked here.
/// </summary>
internal static class TlsSection
{
    public const string Key = "tls";

    private const string Hosts = nameof(WsTlsCertificate.Hosts);

    private static readonly string[] s_names =
    [
        Hosts, nameof(WsTlsCertificate.CertificateFile), nameof(WsTlsCertificate.KeyFile), nameof(WsTlsCertificate.KeyPasswordFile),
    ];

    /// <summary>Adds unknown names and values of the wrong form to the errors.</summary>
    public static void Check(IConfiguration configuration, OptionErrors errors)
    {
        foreach (IConfigurationSection list in configuration.GetSection(Key).GetChildren())
        {
            errors.Add(FindUnknown(list, ["Certificates"]));
            if (list.Value is not null) errors.Add($"Option '{list.Path}' must be a list of certificates.");
            foreach (IConfigurationSection certificate in list.GetChildren()) CheckOne(certificate, errors);
        }
    }

    private static void CheckOne(IConfigurationSection certificate, OptionErrors errors)
    {
        if (certificate.Value is not null || !int.TryParse(certificate.Key, out _))
        {
            errors.Add($"Option '{certificate.Path}' must be a certificate in a list: {{ \"certificateFile\": ... }}.");
            return;
        }

        foreach (IConfigurationSection value in certificate.GetChildren())
        {
            if (FindUnknown(value, s_names) is { } unknown)
            {
                errors.Add(unknown);
            }
            else if (!value.Key.Equals(Hosts, StringComparison.OrdinalIgnoreCase))
            {
                if (value.Value is null) errors.Add($"Option '{value.Path}' must have one value.");
            }
            else if (value.Value is not null || value.GetChildren().Any(static host => host.Value is null))
            {
                errors.Add($"Option '{value.Path}' must be a list of hosts.");
            }
        }
    }

    private static string? FindUnknown(IConfigurationSection section, string[] known)
    {
        if (known.Contains(section.Key, StringComparer.OrdinalIgnoreCase)) return null;
        string names = string.Join(", ", known.Select(static name => char.ToLowerInvariant(name[0]) + name[1..]));
        return $"Unknown option '{section.Path}': the options there are {names}.";
    }
}
