using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WsAot.Bench.Building;

/// <summary>The certificate of all servers with TLS: EC P-256, self-signed, made for each run of the bench.</summary>
internal static class BenchCertificate
{
    // A fixed date in the past, so that the certificate is always valid.
    private static readonly DateTimeOffset s_from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_until = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<(string CertificateFile, string KeyFile)> s_files = new(Create);

    public static string CertificateFile => s_files.Value.CertificateFile;

    /// <summary>Only its owner can read it.</summary>
    public static string KeyFile => s_files.Value.KeyFile;

    private static (string CertificateFile, string KeyFile) Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(s_from, s_until);
        return (Write("fullchain.pem", certificate.ExportCertificatePem()), Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private static string Write(string name, string text)
    {
        string path = Artifacts.PathOf("tls", name);
        File.Delete(path);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter file = new(path, options);
        file.Write(text);
        return path;
    }
}
