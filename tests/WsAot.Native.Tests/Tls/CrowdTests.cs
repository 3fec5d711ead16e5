using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Tls;

/// <summary>Handshakes by the thousand, those that are abandoned and those that are not.</summary>
[Collection(PublishedFile.Name)]
public sealed class CrowdTests(PublishedApp app, ITestOutputHelper output)
{
    // Guards only.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [RequiresFact]
    public async Task Ten_thousand_handshakes_abandoned_after_each_flight_leave_nothing()
    {
        const int Portion = 100;
        const int MaxMoreBytes = 16 << 20;
        using TestCertificates certificates = new();
        await using ServerProcess server = await app.StartSecureAsync(certificates.Create());
        using CancellationTokenSource guard = new(s_patience);
        // The first ones make what stays.
        for (int i = 0; i < 10; i++) await AbandonAsync(server.Port, Portion, i, guard.Token);
        await EchoAsync(server.Port, guard.Token);
        int descriptors = Descriptors(server);
        long bytes = await server.ResidentBytesAsync();

        for (int i = 0; i < 100; i++) await AbandonAsync(server.Port, Portion, i, guard.Token);
        // Each round is a look: the server has heard of all ends by the time it answers, or soon after.
        while (Descriptors(server) > descriptors) await EchoAsync(server.Port, guard.Token);
        // Fewer, if one of the first ones was still to be closed when they were counted.
        Assert.InRange(Descriptors(server), 1, descriptors);
        long more = await server.ResidentBytesAsync() - bytes;
        output.WriteLine($"{more / 1024} KiB more are resident than the {bytes / 1024} before");
        Assert.InRange(more, -bytes, MaxMoreBytes);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_thousand_who_connect_at_once_and_twenty_who_speak_lose_nothing()
    {
        const int Newcomers = 1000;
        const int Speakers = 20;
        using TestCertificates certificates = new();
        // The handshakes take a second; on a busy machine more, and nobody is to be late for that.
        await using ServerProcess server = await app.StartSecureAsync(certificates.Create(), "--handshake-timeout-ms", "120000");
        using CancellationTokenSource guard = new(s_patience);
        using CancellationTokenSource stopping = new();
        TlsPeer[] speakers =
            await Task.WhenAll(Enumerable.Range(0, Speakers).Select(_ => TlsPeer.UpgradeAsync(server.Port, null, guard.Token)));
        Task<List<double>>[] speaking = [.. speakers.Select(speaker => SpeakAsync(speaker, stopping.Token))];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Newcomers).Select(_ => EchoAsync(server.Port, guard.Token)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await stopping.CancelAsync();
        double[] times = [.. (await Task.WhenAll(speaking)).SelectMany(static one => one).Order()];
        output.WriteLine(
            $"{Newcomers} handshakes in {seconds:F1} s; {times.Length} echoes of those who speak, "
            + $"in ms: median {times[times.Length / 2]:F1}, p99 {times[times.Length * 99 / 100]:F1}, longest {times[^1]:F1}");
        foreach (TlsPeer speaker in speakers) speaker.Dispose();
        await server.StopAsync();
        Assert.DoesNotContain(server.Error.All, static line => line.Contains("TLS with", StringComparison.Ordinal));
    }

    private static async Task EchoAsync(int port, CancellationToken cancellation)
    {
        using TlsPeer peer = await TlsPeer.UpgradeAsync(port, null, cancellation);
        await peer.EchoAsync([1, 2, 3]);
    }

    private static async Task<List<double>> SpeakAsync(TlsPeer peer, CancellationToken stopping)
    {
        List<double> times = [];
        byte[] message = new byte[64];
        while (!stopping.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            message[times.Count % 64]++;
            await peer.EchoAsync(message);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>Connects so many at once, goes so far with each, and ends it, by FIN or by a reset.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="count">How many.</param>
    /// <param name="round">Of each eight, four have TLS 1.2, and of these each goes a step further than the one before.</param>
    /// <param name="cancellation">A guard.</param>
    private static async Task AbandonAsync(int port, int count, int round, CancellationToken cancellation)
    {
        // Nothing; half a ClientHello; the whole; and the server's answer was read.
        int step = round % 4;
        byte[] hello;
        using (TlsClient tls = new(new TlsClientOptions { MaxVersion = round % 8 < 4 ? 0x0303 : 0x0304 }))
        {
            tls.Connect();
            hello = tls.Take();
        }

        ReadOnlyMemory<byte> sent = step switch { 0 => default, 1 => hello.AsMemory(0, hello.Length / 2), _ => hello };
        Socket[] sockets = [.. Enumerable.Range(0, count).Select(static _ => new Socket(SocketType.Stream, ProtocolType.Tcp))];
        await Task.WhenAll(sockets.Select(async socket =>
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellation);
            if (!sent.IsEmpty) await socket.SendAsync(sent, cancellation);
            byte[] answer = new byte[16 * 1024];
            if (step == 3) Assert.NotEqual(0, await socket.ReceiveAsync(answer, cancellation));
        }));
        for (int i = 0; i < count; i++)
        {
            // A reset also leaves no port behind that is not free for a minute.
            if (i % 4 != 0) sockets[i].LingerState = new LingerOption(true, 0);
            sockets[i].Dispose();
        }
    }

    private static int Descriptors(ServerProcess server) => Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length;
}
