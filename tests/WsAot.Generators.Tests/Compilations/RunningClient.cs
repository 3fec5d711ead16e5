using System.Globalization;
using System.Text;
using WsAot.Transport.InMemory;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>A client of <see cref="RunningRoutes"/>: short text messages in, text messages out.</summary>
internal sealed class RunningClient
{
    private readonly InMemoryTransport _transport;
    private readonly InMemoryPeer _peer;

    public RunningClient(InMemoryTransport transport, string path, params string[] headers)
    {
        _transport = transport;
        (_peer, int status) = Ask(transport, path, headers);
        Assert.Equal(101, status);
    }

    /// <summary>Asks for an upgrade, and reads the status of the response.</summary>
    public static (InMemoryPeer Peer, int Status) Ask(InMemoryTransport transport, string path, params string[] headers)
    {
        InMemoryPeer peer = transport.Connect();
        peer.Send(Encoding.UTF8.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + string.Concat(headers.Select(static header => header + "\r\n")) + "\r\n"));
        transport.RunUntilIdle();
        string response = Encoding.UTF8.GetString(peer.Take());
        Assert.StartsWith("HTTP/1.1 ", response, StringComparison.Ordinal);
        return (peer, int.Parse(response.AsSpan(9, 3), CultureInfo.InvariantCulture));
    }

    /// <summary>Sends a message and returns all messages that arrive until the server is idle.</summary>
    public string[] Say(string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        // RFC 6455 section 5.2, with a masking key of zero, which changes nothing.
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0xFE, (byte)(payload.Length >> 8), (byte)payload.Length];
        Send([0x81, .. length, 0, 0, 0, 0, .. payload]);
        return Take();
    }

    /// <summary>Calls a method with the id 1 and returns its answer.</summary>
    /// <returns>The result as JSON, or the error's code.</returns>
    public string Call(string method, string? parameters = null)
    {
        string answer = Assert.Single(
            Say($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"{{(parameters is null ? "" : ",\"params\":" + parameters)}}}"""));
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("result", out System.Text.Json.JsonElement result)
            ? result.GetRawText()
            : json.RootElement.GetProperty("error").GetProperty("code").GetRawText();
    }

    /// <summary>The messages that have arrived and were not returned yet.</summary>
    public string[] Take()
    {
        var messages = new List<string>();
        ReadOnlySpan<byte> left = _peer.Take();
        while (!left.IsEmpty)
        {
            Assert.Equal(0x81, left[0]);
            int head = left[1] < 126 ? 2 : 4;
            int length = head == 2 ? left[1] : (left[2] << 8) | left[3];
            messages.Add(Encoding.UTF8.GetString(left.Slice(head, length)));
            left = left[(head + length)..];
        }

        return [.. messages];
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        _peer.Send(bytes);
        _transport.RunUntilIdle();
    }
}
