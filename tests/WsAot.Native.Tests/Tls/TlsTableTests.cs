using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests.Tls;

/// <summary>What docs/how-to/tls.md says of protocols, ciphers and groups is what the published file answers.</summary>
[Collection(PublishedFile.Name)]
public sealed class TlsTableTests(PublishedApp app)
{
    [RequiresFact(Tool.OpenSsl)]
    public async Task The_table_of_the_page_is_what_openssl_gets()
    {
        using TestCertificates certificates = new();
        CertificateFiles ec = certificates.Create("ec", CertificateShape.For(TlsTable.EcHost) with { CommonName = TlsTable.EcHost });
        CertificateFiles rsa = certificates.Create(
            "rsa", CertificateShape.For(TlsTable.RsaHost) with { CommonName = TlsTable.RsaHost, Key = KeyKind.Rsa2048 });
        await using ServerProcess server = await app.StartSecureAsync(
            ec, "--tls:certificates:0:certificateFile", rsa.CertificateFile, "--tls:certificates:0:keyFile", rsa.KeyFile);
        string table = await new TlsTable(server.Port).MakeAsync(certificates.Folder);
        await server.StopAsync();
        Assert.True(
            TlsTable.OnPage(await File.ReadAllTextAsync(TlsTable.Page)) == table,
            $"The table of docs/how-to/tls.md is not what comes:\n{table}");
    }
}
