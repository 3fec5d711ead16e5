namespace WsAot.Native.Tests.Tls;

/// <summary>As certbot keeps them: each file is a link into an archive, and the links are replaced one after the other.</summary>
internal sealed class CertbotFolder(string path, string host) : CertificateFolder(path, host)
{
    private int _version;

    public override string CertificateFile => Path.Combine(Folder, "fullchain.pem");

    public override string KeyFile => Path.Combine(Folder, "privkey.pem");

    public override async Task ReplaceAsync(string certificate, string? key)
    {
        _version++;
        string archive = Directory.CreateDirectory(Path.Combine(Folder, "archive")).FullName;
        await WriteAsync(Path.Combine(archive, $"fullchain{_version}.pem"), certificate);
        await WriteAsync(Path.Combine(archive, $"privkey{_version}.pem"), key);
        await LinkAsync(KeyFile, $"archive/privkey{_version}.pem");
        await LinkAsync(CertificateFile, $"archive/fullchain{_version}.pem");
    }
}
