using Microsoft.Extensions.Configuration;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// Reads the section <c>tls</c>, which has the certificates of a server that has several:
/// <c>{ "certificates": [ { "hosts": ["a.example.com"], "certificateFile": "a.pem", "keyFile": "a.key" } ] }</c>.
/// </summary>
internal static class TlsSection
{
    private const string Key = "tls";
    private const string Certificates = "certificates";
    private const string Hosts = "hosts";
    private const string CertificateFile = "certificateFile";
    private const string KeyFile = "keyFile";
    private const string KeyPasswordFile = "keyPasswordFile";

    /// <param name="configuration">What was read, with the section in it.</param>
    /// <exception cref="WsOptionException">A name in it is unknown, a value is missing, or it has the wrong form.</exception>
    public static List<TlsCertificateFiles> Read(IConfiguration configuration)
    {
        var certificates = new List<TlsCertificateFiles>();
        foreach (IConfigurationSection part in configuration.GetSection(Key).GetChildren())
        {
            ThrowIfUnknown(part, Certificates);
            if (part.Value is not null) throw new WsOptionException($"Option '{part.Path}' must be a list of certificates.");
            foreach (IConfigurationSection certificate in part.GetChildren()) certificates.Add(ReadOne(certificate));
        }

        return certificates;
    }

    private static TlsCertificateFiles ReadOne(IConfigurationSection section)
    {
        if (section.Value is not null || !int.TryParse(section.Key, out _))
        {
            throw new WsOptionException($"Option '{section.Path}' must be a certificate in a list: {{ \"{CertificateFile}\": ... }}.");
        }

        foreach (IConfigurationSection value in section.GetChildren())
        {
            ThrowIfUnknown(value, Hosts, CertificateFile, KeyFile, KeyPasswordFile);
            bool isList = Is(value.Key, Hosts) && value.GetChildren().All(static host => host.Value is not null);
            if (value.Value is null && !isList) throw new WsOptionException($"Option '{value.Path}' must have one value.");
        }

        string file = section[CertificateFile] is { Length: > 0 } named
            ? named
            : throw new WsOptionException($"Option '{section.Path}' needs a '{CertificateFile}'.");
        return new TlsCertificateFiles
        {
            Hosts = ReadHosts(section.GetSection(Hosts)),
            CertificateFile = file,
            KeyFile = section[KeyFile] is { Length: > 0 } key ? key : file,
            KeyPasswordFile = section[KeyPasswordFile] is { Length: > 0 } password ? password : null,
        };
    }

    /// <summary>A list, or one value with semicolons as in the environment.</summary>
    private static string[] ReadHosts(IConfigurationSection hosts) => hosts.Value is { } list
        ? list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [.. hosts.GetChildren().Select(static host => host.Value!)];

    private static void ThrowIfUnknown(IConfigurationSection section, params ReadOnlySpan<string> known)
    {
        foreach (string name in known)
        {
            if (Is(section.Key, name)) return;
        }

        throw new WsOptionException($"Unknown option '{section.Path}': there it can be {string.Join(", ", known)}.");
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
