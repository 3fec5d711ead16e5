namespace WsAot.Native.Tests.Tls;

/// <summary>As Kubernetes mounts a secret: the files are links into a folder, which is a link that is replaced.</summary>
internal sealed class KubernetesFolder(string path, string host) : CertificateFolder(path, host)
{
    private int _version;

    public override string CertificateFile => Path.Combine(Folder, "tls.crt");

    public override string KeyFile => Path.Combine(Folder, "tls.key");

    public override async Task ReplaceAsync(string certificate, string? key)
    {
        string name = $"..{++_version}";
        string data = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        await WriteAsync(Path.Combine(data, "tls.crt"), certificate);
        await WriteAsync(Path.Combine(data, "tls.key"), key);
        await LinkAsync(Path.Combine(Folder, "..data"), name);
        if (_version > 1) return;
        File.CreateSymbolicLink(CertificateFile, "..data/tls.crt");
        File.CreateSymbolicLink(KeyFile, "..data/tls.key");
    }
}
