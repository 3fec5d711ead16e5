namespace WsAot.Native.Tests.Tls;

/// <summary>As a person does it: the files are written over.</summary>
internal sealed class PlainFolder(string path, string host) : CertificateFolder(path, host)
{
    public override string CertificateFile => Path.Combine(Folder, "certificate.pem");

    public override string KeyFile => Path.Combine(Folder, "key.pem");

    public override async Task ReplaceAsync(string certificate, string? key)
    {
        if (key is null) File.Delete(KeyFile);
        await WriteAsync(KeyFile, key);
        await WriteAsync(CertificateFile, certificate);
    }
}
