using Microsoft.Extensions.Configuration;

namespace WsAot.CommandLine;

/// <summary>
/// The section <c>tls</c>, which has the certificates of a server that has several:
/// <c>{ "certificates": [ { "hosts": ["a.example.com"], "certificateFile": "a.pem", "keyFile": "a.key" } ] }</c>. The binder reads it, and
/// passes over what is misspelt.
/// </summary>
internal static class TlsSection
{
    public const string Key = "tls";

    private const string Hosts = nameof(WsTlsCertificate.Hosts);

    private static readonly string[] s_names =
    [
        Hosts, nameof(WsTlsCertificate.CertificateFile), nameof(WsTlsCertificate.KeyFile), nameof(WsTlsCertificate.KeyPasswordFile),
    ];

    /// <param name="configuration">What was read.</param>
    /// <exception cref="WsOptionException">A name in the section is unknown, or a value has the wrong form.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (IConfigurationSection list in configuration.GetSection(Key).GetChildren())
        {
            ThrowIfUnknown(list, ["Certificates"]);
            if (list.Value is not null) throw new WsOptionException($"Option '{list.Path}' must be a list of certificates.");
            foreach (IConfigurationSection certificate in list.GetChildren()) CheckOne(certificate);
        }
    }

    private static void CheckOne(IConfigurationSection certificate)
    {
        if (certificate.Value is not null || !int.TryParse(certificate.Key, out _))
        {
            throw new WsOptionException($"Option '{certificate.Path}' must be a certificate in a list: {{ \"certificateFile\": ... }}.");
        }

        foreach (IConfigurationSection value in certificate.GetChildren())
        {
            ThrowIfUnknown(value, s_names);
            if (!value.Key.Equals(Hosts, StringComparison.OrdinalIgnoreCase))
            {
                if (value.Value is null) throw new WsOptionException($"Option '{value.Path}' must have one value.");
            }
            else if (value.Value is not null || value.GetChildren().Any(static host => host.Value is null))
            {
                throw new WsOptionException($"Option '{value.Path}' must be a list of hosts.");
            }
        }
    }

    private static void ThrowIfUnknown(IConfigurationSection section, string[] known)
    {
        if (known.Contains(section.Key, StringComparer.OrdinalIgnoreCase)) return;
        string names = string.Join(", ", known.Select(static name => char.ToLowerInvariant(name[0]) + name[1..]));
        throw new WsOptionException($"Unknown option '{section.Path}': there it can be {names}.");
    }
}
