using System.Text;

namespace WsAot.Transport.Tls;

/// <summary>Describes a certificate of the server to its owner.</summary>
internal static class CertificateDescription
{
    /// <param name="files">Its files.</param>
    /// <param name="names">The host names that the certificate itself has.</param>
    /// <param name="notBefore">The first moment at which it is valid.</param>
    /// <param name="notAfter">The last moment at which it is valid.</param>
    public static TlsCertificate Create(TlsCertificateFiles files, List<string> names, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        new()
        {
            File = files.CertificateFile,
            Hosts = files.Hosts.Count > 0 ? files.Hosts : names,
            UnnamedHosts = [.. files.Hosts.Where(host => !IsNamed(host, names))],
            NotBefore = notBefore,
            NotAfter = notAfter,
            ReadableKeyFile = IsReadableByAll(files.KeyFile) ? files.KeyFile : null,
        };

    /// <summary>Whether clients that ask for the host accept one of the names.</summary>
    private static bool IsNamed(string host, List<string> names)
    {
        byte[] asked = Encoding.ASCII.GetBytes(host);
        return names.Exists(name => HostPattern.Matches(name, asked));
    }

    private static bool IsReadableByAll(string file)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file was replaced after it was read. The next check sees the new one.
            return false;
        }
    }
}
