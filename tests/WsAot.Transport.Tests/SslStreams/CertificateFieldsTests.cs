using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WsAot.Transport.SslStreams;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Tests.SslStreams;

/// <summary>The fields of certificates are those that OpenSSL reads, whatever is in them.</summary>
public sealed class CertificateFieldsTests
{
    private const string CommonName = "2.5.4.3";
    private const string OrganizationalUnit = "2.5.4.11";

    public static TheoryData<string, string> Subjects => new()
    {
        { CommonName, "device-7" },
        { CommonName, "Gerät 7, Halle 3" },
        { CommonName, "# leads" },
        { CommonName, " spaces at both ends " },
        { CommonName, " " },
        { CommonName, "a+b;c<d>e\"f\\g=h#i" },
        { CommonName, "line\r\nbreak\tand\u007F" },
        { OrganizationalUnit, "部門 🙂" },
        { "2.5.4.4", "surname" },
        { "2.5.4.5", "4711" },
        { "2.5.4.6", "DE" },
        { "2.5.4.7", "Köln" },
        { "2.5.4.8", "NRW" },
        { "2.5.4.9", "Weg 1" },
        { "2.5.4.10", "Example, Inc." },
        { "2.5.4.12", "Dr." },
        { "2.5.4.42", "given" },
        { "0.9.2342.19200300.100.1.1", "user" },
        { "0.9.2342.19200300.100.1.25", "example" },
        { "1.2.840.113549.1.9.1", "a@example.com" },
        { "1.2.3.4.5", "unknown" },
    };

    [Theory]
    [MemberData(nameof(Subjects))]
    public void A_name_is_written_as_OpenSSL_writes_it(string type, string value)
    {
        Compare(Encode([[(CommonName, "first")], [(type, value)]]));
        // Two in one set.
        Compare(Encode([[(OrganizationalUnit, "first")], [(CommonName, "a"), (type, value)], [(CommonName, "last")]]));
    }

    [Fact]
    public void A_certificate_without_names_has_none() => Compare(Encode([]));

    [Fact]
    public void Alternative_names_are_those_that_OpenSSL_reads()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("spiffe://example.com/device-7"));
        names.AddUserPrincipalName("left@out");
        names.AddDnsName("*.example.com");
        names.AddDnsName("bücher.example");
        names.AddIpAddress(System.Net.IPAddress.Parse("2001:db8::7"));
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.7"));
        names.AddEmailAddress("a@example.com");
        Compare(Encode([[(CommonName, "x")]]), names.Build());
        byte[] oddAddress = [0x30, 0x06, 0x87, 0x01, 0x07, 0x82, 0x01, (byte)'a'];
        Compare(Encode([[(CommonName, "x")]]), new X509Extension("2.5.29.17", oddAddress, false));
    }

    private static void Compare(X500DistinguishedName subject, X509Extension? names = null)
    {
        OpenSslLibrary.Load();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        if (names is not null) request.CertificateExtensions.Add(names);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(30_000));
        TlsClientCertificate? expected = null;
        Pem.ReadCertificates(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()), read =>
        {
            expected = CertificateReader.ReadClient(read);
            OpenSsl.CertificateFree(read);
        });
        TlsClientCertificate actual = CertificateFields.ReadClient(certificate);
        Assert.Equal(expected!.Subject, actual.Subject);
        Assert.Equal(expected.Issuer, actual.Issuer);
        Assert.Equal(expected.SubjectAlternativeNames, actual.SubjectAlternativeNames);
        Assert.Equal((expected.Fingerprint, expected.NotAfter), (actual.Fingerprint, actual.NotAfter));
        Assert.Equal(expected.RawData.ToArray(), actual.RawData.ToArray());
    }

    private static X500DistinguishedName Encode((string Type, string Value)[][] sets)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string Type, string Value)[] set in sets)
            {
                using AsnWriter.Scope scope = writer.PushSetOf();
                foreach ((string type, string value) in set)
                {
                    using AsnWriter.Scope attribute = writer.PushSequence();
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }
}
