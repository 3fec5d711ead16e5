using System.Net;
using System.Text;

namespace WsAot.Transport.Tls;

/// <summary>Reads the fields of a certificate (RFC 5280) that are shown to people and handlers.</summary>
internal static unsafe class CertificateReader
{
    /// <summary>RFC 2253, with characters beyond ASCII as they are: OpenSSL's XN_FLAG_RFC2253 without ASN1_STRFLGS_ESC_MSB.</summary>
    private const nuint NameFlags = 0x1 | 0x2 | 0x10 | 0x100 | 0x200 | (1 << 16) | (1 << 20) | (1 << 24);

    private const int Sha256Bytes = 32;

    public static TlsClientCertificate ReadClient(nint certificate)
    {
        var names = new List<string>();
        ReadNames(certificate, (kind, value) => names.Add($"{kind}:{value}"));
        byte* digest = stackalloc byte[Sha256Bytes];
        uint length = Sha256Bytes;
        OpenSsl.DigestCertificate(certificate, OpenSsl.Sha256(), digest, &length);
        return new TlsClientCertificate
        {
            Subject = ReadName(OpenSsl.GetSubject(certificate)),
            Issuer = ReadName(OpenSsl.GetIssuer(certificate)),
            SubjectAlternativeNames = names,
            Fingerprint = Convert.ToHexStringLower(new ReadOnlySpan<byte>(digest, Sha256Bytes)),
            NotAfter = ReadTime(OpenSsl.GetNotAfter(certificate)),
            RawData = Encode(certificate),
        };
    }

    /// <summary>The host names that a server's certificate has.</summary>
    public static List<string> ReadHosts(nint certificate)
    {
        var hosts = new List<string>();
        ReadNames(certificate, (kind, value) =>
        {
            if (kind is "DNS" or "IP") hosts.Add(value);
        });
        return hosts;
    }

    public static DateTimeOffset ReadTime(nint time)
    {
        OpenSsl.Tm tm;
        if (OpenSsl.TimeToTm(time, &tm) != 1) return DateTimeOffset.MaxValue;
        return new DateTimeOffset(tm.Year + 1900, tm.Month + 1, tm.Day, tm.Hour, tm.Minute, Math.Min(tm.Second, 59), TimeSpan.Zero);
    }

    private static void ReadNames(nint certificate, Action<string, string> add)
    {
        nint names = OpenSsl.GetExtension(certificate, OpenSsl.NID_subject_alt_name, null, null);
        if (names == 0) return;
        for (int i = 0; i < OpenSsl.StackCount(names); i++)
        {
            int type;
            nint value = OpenSsl.GetNameValue(OpenSsl.StackValue(names, i), &type);
            string? kind = type switch
            {
                OpenSsl.GEN_DNS => "DNS",
                OpenSsl.GEN_EMAIL => "email",
                OpenSsl.GEN_URI => "URI",
                OpenSsl.GEN_IPADD => "IP",
                _ => null,
            };
            if (kind is null) continue;
            var bytes = new ReadOnlySpan<byte>(OpenSsl.StringData(value), OpenSsl.StringLength(value));
            if (type != OpenSsl.GEN_IPADD) add(kind, Encoding.UTF8.GetString(bytes));
            else if (bytes.Length is 4 or 16) add(kind, new IPAddress(bytes).ToString());
        }

        OpenSsl.NamesFree(names);
    }

    private static string ReadName(nint name)
    {
        nint bio = OpenSsl.BioNew(OpenSsl.BioMemoryMethod());
        OpenSsl.PrintName(bio, name, 0, NameFlags);
        byte* text;
        nint length = OpenSsl.BioControl(bio, OpenSsl.BIO_CTRL_INFO, 0, &text);
        // Use a span: a certificate with alternative names only has no text here.
        string result = Encoding.UTF8.GetString(new ReadOnlySpan<byte>(text, (int)length));
        OpenSsl.BioFree(bio);
        return result;
    }

    private static byte[] Encode(nint certificate)
    {
        var encoded = new byte[OpenSsl.EncodeCertificate(certificate, null)];
        fixed (byte* start = encoded)
        {
            byte* position = start;
            _ = OpenSsl.EncodeCertificate(certificate, &position);
        }

        return encoded;
    }
}
