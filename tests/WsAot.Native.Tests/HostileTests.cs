using System.Globalization;
using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>A thousand connections in each kind of abuse at once, against the published file.</summary>
public abstract class HostileTests(PublishedApp app, string transport)
{
    private const int Each = 1000;
    private const int Echoes = 500;

    [RequiresFact]
    public async Task An_honest_client_is_served_beside_a_crowd_of_each_kind()
    {
        const int MaxPendingOutputBytes = 64 * 1024;
        await using ServerProcess server = await app.StartAsync(
            "--transport", transport, "--max-pending-output-bytes", MaxPendingOutputBytes.ToString(CultureInfo.InvariantCulture));
        long beforeBytes = ResidentBytes(server.Id);
        List<RawConnection> crowd = [];
        try
        {
            byte[] pings = Repeat(RawConnection.Frame(0x89, new byte[125]), 100);
            byte[] empty = [.. RawConnection.Frame(0x01, []), .. Repeat(RawConnection.Frame(0x00, []), 1000)];
            for (int i = 0; i < Each; i++)
            {
                // A head that never ends; a length without data; fragments without end; pings and echoes that nobody reads.
                crowd.Add(await RawConnection.OpenAsync(server.Port));
                await crowd[^1].SendAsync(Encoding.ASCII.GetBytes("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: "));
                await AbuseAsync(RawConnection.Header(0x82, 65_536));
                await AbuseAsync(empty);
                await AbuseAsync(pings);
                await AbuseAsync(RawConnection.Frame(0x82, new byte[60_000]));
            }

            using RawConnection honest = await RawConnection.UpgradeAsync(server.Port, "/echo");
            byte[] message = RawConnection.Frame(0x81, "still here"u8);
            for (int i = 0; i < Echoes; i++)
            {
                await honest.SendAsync(message);
                (_, byte[] payload) = await honest.ReadFrameAsync();
                Assert.Equal("still here"u8.ToArray(), payload);
                // The abuse goes on meanwhile.
                await GoOnAsync(crowd[i * 5 % crowd.Count], "x"u8.ToArray());
                await GoOnAsync(crowd[(i * 5 % crowd.Count) + 3], pings);
            }

            // How long its answers take is measured by tests/WsAot.Soak (abuse): a busy machine must not fail a test.
            // The limit of output for a fifth of them, and some KiB for each of the others.
            Assert.InRange(ResidentBytes(server.Id) - beforeBytes, 0, (Each * 2L * MaxPendingOutputBytes) + (5 * Each * 8 * 1024));
        }
        finally
        {
            foreach (RawConnection connection in crowd) connection.Dispose();
        }

        await server.StopAsync();

        async Task AbuseAsync(byte[] bytes)
        {
            crowd.Add(await RawConnection.UpgradeAsync(server.Port, "/echo"));
            await crowd[^1].SendAsync(bytes);
        }
    }

    private static async Task GoOnAsync(RawConnection connection, byte[] bytes)
    {
        try
        {
            await connection.SendAsync(bytes);
        }
        catch (IOException)
        {
            // Its time was over, and the server has ended it.
        }
    }

    private static byte[] Repeat(byte[] frame, int count) => [.. Enumerable.Repeat(frame, count).SelectMany(static one => one)];

    private static long ResidentBytes(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}

[Collection(PublishedFile.Name)]
public sealed class EpollHostileTests(PublishedApp app) : HostileTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsHostileTests(PublishedApp app) : HostileTests(app, "sockets");
