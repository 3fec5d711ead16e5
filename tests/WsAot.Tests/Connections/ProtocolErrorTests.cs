using WsAot.Tests.Harness;

namespace WsAot.Tests.Connections;

public sealed class ProtocolErrorTests : IDisposable
{
    private readonly TestServer _server = new();

    public static TheoryData<string, byte[], ushort> Errors => new()
    {
        { "/script", [0x81, 0x01, (byte)'a'], 1002 },
        { "/script", Frame.Masked(1, [1], rsv: 4), 1002 },
        { "/script", Frame.Masked(3, []), 1002 },
        { "/script", Frame.Masked(11, []), 1002 },
        { "/script", Frame.Masked(9, [], fin: false), 1002 },
        { "/script", Frame.Masked(9, new byte[126]), 1002 },
        { "/script", Frame.Continuation("a"), 1002 },
        { "/script", [.. Frame.Text("a", fin: false), .. Frame.Text("b")], 1002 },
        { "/script", [0x82, 0xFE, 0, 1, 0, 0, 0, 0, 1], 1002 },
        { "/script", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1002 },
        { "/script", Frame.Masked(8, [3]), 1002 },
        { "/script", Frame.Close(1006), 1002 },
        { "/script", Frame.Close(999), 1002 },
        { "/script", Frame.Masked(8, [3, 0xE8, 0xFF]), 1007 },
        { "/script", Frame.Masked(1, [0xFF]), 1007 },
        { "/script", [.. Frame.Masked(1, [0xC3], fin: false), .. Frame.Masked(0, [0x28], fin: false)], 1007 },
        { "/script", Frame.Masked(1, [0xC3]), 1007 },
        { "/script", Frame.Binary(new byte[65_537]), 1009 },
        { "/binary-only", Frame.Binary(new byte[101]), 1009 },
        { "/binary-only", [.. Frame.Binary(new byte[60], fin: false), .. Frame.Masked(0, new byte[60])], 1009 },
        {
            "/binary-only",
            [.. Frame.Binary([], fin: false), .. Frame.Masked(0, [], false), .. Frame.Masked(0, [], false), .. Frame.Masked(0, [])],
            1008
        },
    };

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_is_wrong_closes_with_its_code_however_it_is_split(string path, byte[] bytes, ushort code)
    {
        var random = new Random(9);
        int[] steps = bytes.Length < 500 ? [bytes.Length, 1, 0, 0] : [bytes.Length, 0];
        foreach (int step in steps)
        {
            TestClient client = _server.Open(path);
            client.Peer.Send(path == "/script" ? Frame.Text("good") : Frame.Binary([1]));
            for (int sent = 0; sent < bytes.Length;)
            {
                int length = Math.Min(bytes.Length - sent, step > 0 ? step : 1 + random.Next(bytes.Length));
                client.Peer.Send(bytes.AsSpan(sent, length));
                sent += length;
            }

            client.SendRaw(Frame.Text("after"), Frame.Ping("after"));
            if (path != "/script") client.Next();
            client.ExpectClose(code);
            Assert.True(client.Peer.IsServerShut);
            client.Shutdown();
            Assert.True(client.Peer is { IsClosed: true, IsReset: false });
            if (path == "/script") Assert.Equal(["open", "text good"], _server.Journal.Take(2));
            if (path == "/script") Assert.StartsWith($"close {code} '", Assert.Single(_server.Journal.Skip(2)), StringComparison.Ordinal);
            _server.Journal.Clear();
        }

        Assert.Empty(_server.Log.Errors);
    }

    [Fact]
    public void An_error_after_the_servers_close_frame_ends_tcp_without_another_one()
    {
        _server.Script.OnOpen(static connection => connection.Close(4000, "bye"));
        TestClient client = _server.Open("/script");
        client.SendRaw([0xFF, 0xFF]);
        client.ExpectClose(4000);
        Assert.True(client.Peer.IsServerShut);
        client.Shutdown();
        Assert.Equal("close 4000 'bye' unclean", _server.Journal[^1]);
    }
}
