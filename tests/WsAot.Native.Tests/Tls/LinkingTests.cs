using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;

namespace WsAot.Native.Tests.Tls;

/// <summary>Where OpenSSL comes from: from the machine, from the file itself, or from nowhere.</summary>
[Collection(PublishedFile.Name)]
public sealed class LinkingTests(PublishedApp app) : IDisposable
{
    private const string LeftOut = "wsaot: TLS was left out of this build: publish with -p:WsAotTls=true, or static for a static file.\n";

    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [RequiresFact]
    public async Task On_a_machine_without_OpenSSL_it_says_what_to_install()
    {
        // What the loader finds first is no library.
        foreach (string library in (string[])["libssl.so.3", "libcrypto.so.3"])
        {
            await File.WriteAllTextAsync(Path.Combine(_certificates.Folder, library), "");
        }

        CommandResult result = await app.RunAsync(Arguments, null, new() { ["LD_LIBRARY_PATH"] = _certificates.Folder });
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "wsaot: TLS needs OpenSSL 3 (libssl.so.3 and libcrypto.so.3), and this machine does not have it. Install the package "
                + "libssl3 (Debian, Ubuntu, Alpine) or openssl-libs (Fedora, RHEL).\n",
            result.Error);
        Assert.Equal("", result.Output);

        // And without TLS it does not look for it.
        await using ServerProcess plain = await ServerProcess.StartAsync(
            app.File,
            ["--urls", "ws://127.0.0.1:0"],
            PublishedApp.NewWorkingFolder(),
            new() { ["LD_LIBRARY_PATH"] = _certificates.Folder });
        Assert.DoesNotContain("libssl", await File.ReadAllTextAsync($"/proc/{plain.Id}/maps"), StringComparison.Ordinal);
        await plain.StopAsync();
    }

    [RequiresFact]
    public async Task A_static_file_refuses_wss() => await ExpectRefusalAsync(Path.Combine(await app.StaticFolderAsync(), "wsaot"));

    [RequiresFact(Tool.OpenSslArchives)]
    public async Task A_static_file_with_OpenSSL_in_it_serves_wss()
    {
        string file = await app.StaticFileWithTlsAsync();
        await using ServerProcess server = await ServerProcess.StartAsync(file, Arguments, PublishedApp.NewWorkingFolder());
        await ExpectEchoAsync(server);
        Budgets.Expect(new FileInfo(file).Length, "staticTlsFileBytes");
    }

    [RequiresFact(Tool.OpenSslArchives | Tool.Chroot)]
    public async Task It_does_so_in_a_root_that_has_nothing_but_the_certificate()
    {
        string root = Repository.EmptyFolder("tls-root");
        CertificateFiles files = _certificates.Create();
        File.Copy(await app.StaticFileWithTlsAsync(), Path.Combine(root, "wsaot"));
        File.Copy(files.CertificateFile, Path.Combine(root, "certificate.pem"));
        File.Copy(files.KeyFile, Path.Combine(root, "key.pem"));
        await using ServerProcess server = await ServerProcess.StartAsync(
            "chroot",
            [root, "/wsaot", "--urls", "wss://127.0.0.1:0", "--tls-certificate-file", "certificate.pem", "--tls-key-file", "key.pem"],
            PublishedApp.NewWorkingFolder());
        await ExpectEchoAsync(server);
    }

    private string[] Arguments => ["--urls", "wss://127.0.0.1:0", .. _certificates.Create().ServerOptions];

    private async Task ExpectRefusalAsync(string file)
    {
        CommandResult result = await Command.RunAsync(file, Arguments, PublishedApp.NewWorkingFolder(), ServerProcess.Environment(null));
        Assert.Equal((1, "", LeftOut), (result.ExitCode, result.Output, result.Error));
    }

    private static async Task ExpectEchoAsync(ServerProcess server)
    {
        using (CancellationTokenSource guard = new(Command.Patience))
        using (TlsPeer peer = await TlsPeer.UpgradeAsync(server.Port, null, guard.Token))
        {
            await peer.EchoAsync([1, 2, 3]);
        }

        await server.StopAsync();
        // Nothing is missing there that it would like to have.
        Assert.All(server.Error.All, static line => Assert.Contains(" info ", line, StringComparison.Ordinal));
    }
}
