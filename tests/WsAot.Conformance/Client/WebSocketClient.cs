using System.Buffers.Binary;
using System.Text;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Text;

namespace WsAot.Conformance.Client;

/// <summary>A connection after its opening handshake, with expectations of what the server sends.</summary>
internal sealed class WebSocketClient
{
    private static readonly byte[] s_probe = "still there?"u8.ToArray();

    private readonly ServerFrameReader _reader;
    private readonly InflateDecoder? _inflater;

    public WebSocketClient(CaseConnection connection, DeflateAgreement? agreement)
    {
        Connection = connection;
        Agreement = agreement;
        _reader = new ServerFrameReader(connection, agreement is not null);
        _inflater = agreement is null ? null : new InflateDecoder(agreement.ServerWindowBits, !agreement.ServerNoContextTakeover);
        Deflater = agreement is null ? null : new DeflateEncoder(agreement.ClientWindowBits, !agreement.ClientNoContextTakeover);
    }

    public CaseConnection Connection { get; }

    /// <summary>The negotiated compression, or null for none.</summary>
    public DeflateAgreement? Agreement { get; }

    /// <summary>Compresses the client's messages as negotiated; null without compression.</summary>
    public DeflateEncoder? Deflater { get; }

    public Task SendAsync(params IEnumerable<ClientFrame> frames) => Connection.SendAsync(ClientFrame.Concat(frames));

    public Task SendAsync(byte[] bytes) => Connection.SendAsync(bytes);

    public Task ExpectTextAsync(string text) => ExpectMessageAsync(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>The next thing that comes must be this message.</summary>
    public async Task ExpectMessageAsync(Opcode opcode, ReadOnlyMemory<byte> payload)
    {
        Connection.Context.Waiting = $"no message came where {payload.Length} bytes of {opcode} should have";
        ServerFrame message = await ReadMessageAsync(opcode);
        if (message.Opcode != opcode) throw new CaseFailedException($"A message of {message.Opcode} came back for one of {opcode}.");
        if (message.Payload.AsSpan().SequenceEqual(payload.Span)) return;
        int difference = message.Payload.AsSpan().CommonPrefixLength(payload.Span);
        throw new CaseFailedException(
            $"The message that came back has {message.Payload.Length} bytes instead of {payload.Length} and differs from byte "
            + $"{difference} on.");
    }

    /// <summary>The next thing that comes must be a pong with this payload (section 5.5.3).</summary>
    public async Task ExpectPongAsync(ReadOnlyMemory<byte> payload)
    {
        Connection.Context.Waiting = $"no pong with {payload.Length} bytes came";
        ServerFrame frame = await ReadFrameAsync();
        if (frame.Opcode != Opcode.Pong) throw new CaseFailedException($"{Describe(frame)} came instead of a pong.");
        if (!frame.Payload.AsSpan().SequenceEqual(payload.Span))
        {
            throw new CaseFailedException(
                $"The pong carries \"{Convert.ToHexStringLower(frame.Payload)}\", not \"{Convert.ToHexStringLower(payload.Span)}\" as the "
                + "ping did.");
        }
    }

    /// <summary>A text message must come back, and nothing before it: the connection is open, and the server sends nothing else.</summary>
    public async Task ExpectOpenAsync()
    {
        await SendAsync(ClientFrame.Text(s_probe));
        await ExpectMessageAsync(Opcode.Text, s_probe);
    }

    /// <summary>
    /// The server must fail the connection (section 7.1.7): a close frame with this code comes, then the end of TCP, without waiting for
    /// an answer. After the close frame a reset is an end, too.
    /// </summary>
    public async Task ExpectFailureAsync(int code)
    {
        await ExpectCloseFrameAsync(code);
        await Connection.ExpectEndAsync(acceptsReset: true);
    }

    /// <summary>The next thing that comes must be a close frame with this code; 1005: without one.</summary>
    public async Task ExpectCloseFrameAsync(int code)
    {
        Connection.Context.Waiting = $"no close frame came where one with {code} should have";
        ServerFrame frame = await ReadFrameAsync();
        if (frame.Opcode != Opcode.Close) throw new CaseFailedException($"{Describe(frame)} came instead of a close frame with {code}.");
        int actual = ReadCloseCode(frame.Payload);
        if (actual != code) throw new CaseFailedException($"The close frame has {Name(actual)}, not {Name(code)}.");
    }

    /// <summary>The server must answer the client's close frame and then end TCP itself (section 7.1.1).</summary>
    public async Task ExpectClosedAsync(int code)
    {
        await ExpectCloseFrameAsync(code);
        await Connection.ExpectEndAsync();
    }

    /// <summary>The next frame, except pings, which are answered.</summary>
    public async Task<ServerFrame> ReadFrameAsync()
    {
        while (true)
        {
            ServerFrame frame = await _reader.ReadAsync()
                ?? throw new CaseFailedException(
                    Connection.WasReset ? "The server reset the connection." : "The server ended the connection without a close frame.");
            if (frame.Opcode != Opcode.Ping) return frame;
            await SendAsync(ClientFrame.Pong(frame.Payload));
        }
    }

    /// <summary>A whole message, inflated.</summary>
    public async Task<ServerFrame> ReadMessageAsync(Opcode wanted)
    {
        ServerFrame frame = await ReadFrameAsync();
        ServerFrame first = frame;
        using MemoryStream payload = new();
        while (true)
        {
            if (frame.Opcode >= Opcode.Close) throw new CaseFailedException($"{Describe(frame)} came instead of a message of {wanted}.");
            payload.Write(frame.Payload);
            if (frame.Fin) break;
            frame = await ReadFrameAsync();
        }

        byte[] bytes = first.Rsv1 ? _inflater!.Decode(payload.ToArray()) : payload.ToArray();
        if (first.Opcode == Opcode.Text && !NaiveUtf8.IsValid(bytes))
        {
            throw new CaseFailedException("The server sent text that is not UTF-8 (section 5.6).");
        }

        return new ServerFrame(true, first.Rsv1, first.Opcode, bytes);
    }

    // Sections 5.5.1 and 7.4.
    private static int ReadCloseCode(byte[] payload)
    {
        if (payload.Length == 0) return 1005;
        if (payload.Length == 1) throw new CaseFailedException("The server's close frame has a payload of one byte (section 5.5.1).");
        int code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is < 1000 or 1004 or 1005 or 1006 or (> 1014 and < 3000) or > 4999)
        {
            throw new CaseFailedException($"The server's close frame has the code {code}, which must not be sent (section 7.4).");
        }

        if (!NaiveUtf8.IsValid(payload.AsSpan(2)))
        {
            throw new CaseFailedException("The reason in the server's close frame is not UTF-8 (section 5.5.1).");
        }

        return code;
    }

    private static string Name(int code) => code == 1005 ? "no code" : $"the code {code}";

    private static string Describe(ServerFrame frame) => frame.Opcode switch
    {
        Opcode.Close => $"A close frame with {Name(ReadCloseCode(frame.Payload))}{Reason(frame.Payload)}",
        Opcode.Pong => $"A pong with {frame.Payload.Length} bytes",
        _ => $"A frame of {frame.Opcode} with {frame.Payload.Length} bytes",
    };

    private static string Reason(byte[] payload) => payload.Length > 2 ? $" (\"{Encoding.UTF8.GetString(payload.AsSpan(2))}\")" : "";
}
