using System.Text;
using WsAot.TestKit.Handshake;
using WsAot.Transport.InMemory;

namespace WsAot.Tests.Harness;

/// <summary>The client's end. What it sends is served at once; what it reads must be what RFC 6455 allows a server.</summary>
internal sealed class TestClient(TestServer server, InMemoryPeer peer)
{
    private readonly List<byte> _unread = [];
    private bool _isClosedByServer;

    public InMemoryPeer Peer => peer;

    public static byte[] UpgradeRequest(string path, params string[] headers) => ExampleHandshake.Request(path, "server.example", headers);

    /// <summary>Asks for an upgrade. What follows the response is kept for <see cref="Next"/>.</summary>
    public Response Ask(string path, params string[] headers)
    {
        SendRaw(UpgradeRequest(path, headers));
        return ReadResponse();
    }

    public Response ReadResponse()
    {
        byte[] bytes = peer.Take();
        int end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        Response response = Response.Parse(end < 0 ? bytes : bytes[..(end + 4)]);
        if (response.StatusCode != 101) return Response.Parse(bytes);
        _unread.AddRange(bytes[(end + 4)..]);
        return response;
    }

    /// <summary>The response that ends the connection, with all that such a one must have.</summary>
    public Response ReadRefusal(bool isHead = false)
    {
        Response response = ReadResponse();
        Assert.Equal(ManualTime.Start.AddMilliseconds(server.Time.NowMs).ToString("R"), response["Date"]);
        if (!isHead) Assert.Equal(Encoding.UTF8.GetByteCount(response.Body).ToString(), response["Content-Length"]);
        Assert.EndsWith("close", response["Connection"], StringComparison.Ordinal);
        Assert.True(peer.IsServerShut);
        return response;
    }

    public void SendRaw(params byte[][] pieces)
    {
        peer.Send(pieces.SelectMany(static piece => piece).ToArray());
        server.Run();
    }

    public void Say(string text) => SendRaw(Frame.Text(text));

    public void Shutdown()
    {
        peer.Shutdown();
        server.Run();
    }

    public void Reset()
    {
        peer.Reset();
        server.Run();
    }

    /// <summary>The next frame; null if there is none.</summary>
    public Frame? TryNext()
    {
        _unread.AddRange(peer.Take());
        Frame? frame = Frame.Read(_unread.ToArray(), out int length);
        _unread.RemoveRange(0, length);
        if (frame is null) return null;
        Assert.False(_isClosedByServer, "a frame came after the close frame");
        _isClosedByServer = frame.Opcode == 8;
        if (_isClosedByServer) Assert.True(frame.CloseCode == 1005 || Protocol.Closing.CloseCode.MayBeSent(frame.CloseCode));
        return frame;
    }

    public Frame Next() => TryNext() ?? throw new InvalidOperationException("No frame came.");

    public string NextText()
    {
        Frame frame = Next();
        Assert.Equal(1, frame.Opcode);
        return frame.Utf8;
    }

    /// <summary>All texts that have come, joined by spaces.</summary>
    public string Texts()
    {
        var texts = new List<string>();
        while (TryNext() is { } frame) texts.Add(frame.Utf8);
        return string.Join(' ', texts);
    }

    /// <summary>Lets the window open and reads, until the server has nothing more to send.</summary>
    public List<Frame> Drain()
    {
        var frames = new List<Frame>();
        do
        {
            while (TryNext() is { } frame) frames.Add(frame);
            server.Run();
        }
        while (!peer.Received.IsEmpty);
        return frames;
    }

    public void ExpectNothing() => Assert.Null(TryNext());

    public void ExpectClose(ushort code, string? reason = null)
    {
        Frame frame = Next();
        Assert.Equal(8, frame.Opcode);
        Assert.Equal(code, frame.CloseCode);
        if (reason is not null) Assert.Equal(reason, frame.CloseReason);
        ExpectNothing();
    }
}
