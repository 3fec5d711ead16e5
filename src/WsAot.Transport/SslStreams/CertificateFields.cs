using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WsAot.Transport.SslStreams;

/// <summary>Reads the fields of a certificate (RFC 5280) that are shown to people and handlers, as OpenSSL does.</summary>
internal static class CertificateFields
{
    private const string SubjectAlternativeName = "2.5.29.17";

    public static TlsClientCertificate ReadClient(X509Certificate2 certificate) => new()
    {
        Subject = DistinguishedName.Write(certificate.SubjectName.RawData),
        Issuer = DistinguishedName.Write(certificate.IssuerName.RawData),
        SubjectAlternativeNames = [.. ReadNames(certificate).Select(static name => $"{name.Kind}:{name.Value}")],
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span)),
        NotAfter = certificate.NotAfter,
        RawData = certificate.RawDataMemory,
    };

    /// <summary>The host names that a server's certificate has.</summary>
    public static List<string> ReadHosts(X509Certificate2 certificate) =>
        [.. ReadNames(certificate).Where(static name => name.Kind is "DNS" or "IP").Select(static name => name.Value)];

    /// <summary>RFC 5280 section 4.2.1.6.</summary>
    private static List<(string Kind, string Value)> ReadNames(X509Certificate2 certificate)
    {
        var names = new List<(string, string)>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension) return names;
        try
        {
            AsnReader reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                Asn1Tag tag = reader.PeekTag();
                string? kind = tag.TagClass != TagClass.ContextSpecific ? null : tag.TagValue switch
                {
                    1 => "email",
                    2 => "DNS",
                    6 => "URI",
                    7 => "IP",
                    _ => null,
                };
                if (kind is null) reader.ReadEncodedValue();
                else AddName(names, kind, reader.ReadOctetString(tag));
            }
        }
        catch (AsnContentException)
        {
            // The rest is not a list of names.
        }

        return names;
    }

    private static void AddName(List<(string Kind, string Value)> names, string kind, byte[] value)
    {
        if (kind != "IP") names.Add((kind, Encoding.UTF8.GetString(value)));
        else if (value.Length is 4 or 16) names.Add((kind, new IPAddress(value).ToString()));
    }
}
