using System.Buffers.Binary;
using System.Text.Json;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Tls;

/// <summary>Certificates are replaced beneath a server that is busy.</summary>
[Collection(PublishedFile.Name)]
public sealed class ReloadTests(PublishedApp app, ITestOutputHelper output)
{
    private const int Connections = 200;
    private const int Swaps = 30;
    private const string Kept = "The certificate files have changed but cannot be used";

    // A guard only: it takes some seconds.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [RequiresFact]
    public async Task While_connections_echo_fifty_swaps_some_of_them_bad_lose_nothing()
    {
        using TestCertificates certificates = new();
        string path = Repository.EmptyFolder("certificates");
        CertificateFolder[] folders =
        [
            new CertbotFolder(Path.Combine(path, "certbot"), "certbot.example.com"),
            new KubernetesFolder(Path.Combine(path, "kubernetes"), "kubernetes.example.com"),
            new PlainFolder(Path.Combine(path, "plain"), "plain.example.com"),
        ];
        Dictionary<CertificateFolder, string> newest = [];
        foreach (CertificateFolder folder in folders) newest[folder] = await RenewAsync(certificates, folder);
        await using ServerProcess server = await StartAsync(folders);
        using CancellationTokenSource guard = new(s_patience);
        using CancellationTokenSource stopping = new();
        Task<int>[] echoing = [.. Enumerable.Range(0, Connections).Select(_ => EchoAsync(server.Port, stopping.Token, guard.Token))];

        for (int i = 0; i < Swaps; i++)
        {
            // Of each five the fourth is bad, and the fifth mends it: with one bad pair, no other is taken over.
            CertificateFolder folder = folders[(i % 5 == 4 ? i - 1 : i) % folders.Length];
            bool isBad = i % 5 == 3;
            string line = isBad ? Kept : $"Reloaded the certificate {folder.CertificateFile} ";
            int before = Count(server, line);
            if (isBad) await SpoilAsync(certificates, folder, isWithoutKey: i % 2 == 0);
            else newest[folder] = await RenewAsync(certificates, folder);
            server.Send(Signal.HangUp);
            string[] lines = await server.Error.WaitForAsync(Says(line), before + 1, guard.Token);
            Assert.True(lines.Length > before, server.Error.ToString());
            // What was told already is not told again.
            if (isBad) server.Send(Signal.HangUp);
            foreach (CertificateFolder one in folders) Assert.Equal(newest[one], await AskAsync(server.Port, one.Host, guard.Token));
        }

        await stopping.CancelAsync();
        int[] counts = await Task.WhenAll(echoing);
        output.WriteLine($"{counts.Sum()} echoes over {Connections} connections, at least {counts.Min()}");
        Assert.All(counts, static count => Assert.NotEqual(0, count));
        await server.StopAsync();
        // The other bad ones cannot be told from a look between the two files of a good pair.
        Assert.Equal(Swaps / 10, server.Error.All.Count(static one => Says(Kept)(one) && Says("cannot be read")(one)));
    }

    private static Func<string, bool> Says(string text) => line => line.Contains(text, StringComparison.Ordinal);

    private static int Count(ServerProcess server, string text) => server.Error.All.Count(Says(text));

    private Task<ServerProcess> StartAsync(CertificateFolder[] folders)
    {
        string folder = PublishedApp.NewWorkingFolder();
        object[] pairs =
        [
            .. folders.Select(static one =>
                new { hosts = new[] { one.Host }, certificateFile = one.CertificateFile, keyFile = one.KeyFile }),
        ];
        var settings = new { urls = "wss://127.0.0.1:0", tls = new { certificates = pairs } };
        File.WriteAllText(Path.Combine(folder, "wsaot.json"), JsonSerializer.Serialize(settings));
        return ServerProcess.StartAsync(app.File, [], folder);
    }

    /// <summary>A new good pair.</summary>
    /// <returns>The fingerprint of its certificate.</returns>
    private static async Task<string> RenewAsync(TestCertificates certificates, CertificateFolder folder)
    {
        CertificateFiles files = certificates.Create("new", CertificateShape.For(folder.Host));
        await folder.ReplaceAsync(await File.ReadAllTextAsync(files.CertificateFile), await File.ReadAllTextAsync(files.KeyFile));
        return files.Certificate.Thumbprint;
    }

    /// <summary>A new certificate with the key of another, or with none.</summary>
    private static async Task SpoilAsync(TestCertificates certificates, CertificateFolder folder, bool isWithoutKey)
    {
        CertificateFiles files = certificates.Create("new", CertificateShape.For(folder.Host));
        CertificateFiles other = certificates.Create("other", CertificateShape.For(folder.Host));
        await folder.ReplaceAsync(
            await File.ReadAllTextAsync(files.CertificateFile), isWithoutKey ? null : await File.ReadAllTextAsync(other.KeyFile));
    }

    /// <summary>The fingerprint of the certificate that a new client gets.</summary>
    private static async Task<string> AskAsync(int port, string host, CancellationToken cancellation)
    {
        using TlsPeer peer = await TlsPeer.ConnectAsync(port, new TlsClientOptions { ServerName = host }, cancellation);
        return peer.Tls.GetServerCertificate().Thumbprint;
    }

    /// <summary>Echoes until it is told to stop, and once more then.</summary>
    /// <returns>How often. Each of them was what had been sent.</returns>
    private static async Task<int> EchoAsync(int port, CancellationToken stopping, CancellationToken cancellation)
    {
        using TlsPeer peer = await TlsPeer.UpgradeAsync(port, null, cancellation);
        byte[] message = new byte[64];
        int count = 0;
        bool isLast;
        do
        {
            isLast = stopping.IsCancellationRequested;
            BinaryPrimitives.WriteInt32BigEndian(message, ++count);
            await peer.EchoAsync(message);
        }
        while (!isLast);
        return count;
    }
}
