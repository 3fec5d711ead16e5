using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Unicode;
using WsAot.TestKit.Frames;
using WsAot.TestKit.Handshake;
using WsAot.TestKit.Text;

namespace WsAot.Conformance.Tests.Servers;

/// <summary>
/// The smallest server that keeps to RFC 6455 after the opening handshake, which it does not check. Those that derive from it each do one
/// thing wrong.
/// </summary>
internal class EchoServer : IAsyncDisposable
{
    public const int MaxMessageBytes = 4 * 1024 * 1024;
    public const int MaxFragments = 2000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public EchoServer()
    {
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    /// <summary>Speaks TLS with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    public Uri Url => new($"{(Certificate is null ? "ws" : "wss")}://{_listener.LocalEndpoint}/echo");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _connections]);
        _stopping.Dispose();
    }

    /// <summary>Section 4.2.2 item 5.4.</summary>
    protected virtual string ComputeAccept(string key) => ExampleHandshake.ComputeAccept(key);

    /// <summary>The value of Sec-WebSocket-Extensions in the response, or null.</summary>
    protected virtual string? Negotiate(string offers, EchoConnection connection) => null;

    /// <summary>Sections 5.2 and 5.5: whether the first byte may have these reserved bits.</summary>
    protected virtual bool AllowsReservedBits(int rsv, Opcode opcode, EchoConnection connection) => rsv == 0;

    /// <summary>Section 5.1.</summary>
    protected virtual bool AllowsUnmasked => false;

    /// <summary>Section 5.2.</summary>
    protected virtual bool AllowsLongerLengths => false;

    /// <summary>Section 5.4.</summary>
    protected virtual bool AllowsAnyOrder => false;

    /// <summary>Section 8.1, on what has come of a text message.</summary>
    protected virtual bool MayBecomeText(ReadOnlySpan<byte> part) => NaiveUtf8.FindImpossible(part) < 0;

    /// <summary>Section 8.1, on a whole text message.</summary>
    protected virtual bool IsText(ReadOnlySpan<byte> message) => Utf8.IsValid(message);

    /// <summary>The message's data out of the frames' payload; null: it is garbage.</summary>
    protected virtual byte[]? Decode(byte[] payload, EchoConnection connection) => payload;

    /// <summary>The answer to a message.</summary>
    protected virtual byte[] Encode(Opcode opcode, byte[] message, EchoConnection connection) =>
        FrameEncoder.Unmasked(0x80 | (int)opcode, message);

    /// <summary>Section 5.5.3.</summary>
    protected virtual byte[] AnswerPing(byte[] payload) => payload;

    /// <summary>Section 5.5.1: the payload of the answer; null: no answer.</summary>
    protected virtual byte[]? AnswerClose(byte[] payload) => payload;

    /// <summary>Section 7.4.</summary>
    protected virtual bool AllowsCode(int code) => code is (>= 1000 and <= 1014 and not (1004 or 1005 or 1006)) or (>= 3000 and <= 4999);

    /// <summary>Section 7.1.1: whether the server ends TCP.</summary>
    protected virtual bool EndsTcp => true;

    /// <summary>What it speaks above TLS (RFC 7301).</summary>
    protected virtual SslApplicationProtocol ApplicationProtocol => SslApplicationProtocol.Http11;

    /// <summary>Whether TLS is ended with close_notify (RFC 8446 section 6.1).</summary>
    protected virtual bool EndsTls => true;

    /// <summary>Section 7.1.1: whether TCP is ended with a reset.</summary>
    protected virtual bool Resets => false;

    private SslServerAuthenticationOptions TlsOptions() =>
        new() { ServerCertificate = Certificate, ApplicationProtocols = [ApplicationProtocol] };

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        using NetworkStream plain = new(socket, ownsSocket: true);
        await using SslStream? tls = Certificate is null ? null : new SslStream(plain, leaveInnerStreamOpen: true);
        Stream stream = tls ?? (Stream)plain;
        try
        {
            if (tls is not null) await tls.AuthenticateAsServerAsync(TlsOptions(), _stopping.Token);
            EchoConnection connection = new(stream, _stopping.Token);
            await OpenAsync(connection);
            int code = await EchoAsync(connection);
            if (code > 0) await connection.SendAsync(FrameEncoder.Unmasked(0x88, [(byte)(code >> 8), (byte)code]));
            if (tls is not null && EndsTls) await tls.ShutdownAsync();
            if (Resets)
            {
                // Not by the stream, which would send FIN first.
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
                return;
            }

            if (EndsTcp) socket.Shutdown(SocketShutdown.Send);
            // What else comes is read, so that the end is no reset.
            byte[] rest = new byte[4096];
            while (await stream.ReadAsync(rest, _stopping.Token) > 0) ;
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
            or AuthenticationException)
        {
            // The client, or the test, has ended it.
        }
    }

    private async Task OpenAsync(EchoConnection connection)
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await connection.ReadAsync(1))[0]);
        string[] lines = head.ToString().Split("\r\n");
        string ValueOf(string name) => string.Join(
            ", ",
            lines.Where(line => line.StartsWith(
                name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()));
        string? extensions = Negotiate(ValueOf("Sec-WebSocket-Extensions"), connection);
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + $"{ComputeAccept(ValueOf("Sec-WebSocket-Key"))}\r\n" +
            (extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n") + "\r\n"));
    }

    // Until the connection is to end: the code to close with, or 0 when the close frame has been answered or the client is gone.
    private async Task<int> EchoAsync(EchoConnection connection)
    {
        while (true)
        {
            byte first = (await connection.ReadAsync(1))[0];
            Opcode opcode = (Opcode)(first & 0x0f);
            bool fin = first >= 0x80;
            if (!AllowsReservedBits((first >> 4) & 7, opcode, connection) || !Enum.IsDefined(opcode) || (opcode >= Opcode.Close && !fin))
            {
                return 1002;
            }

            if (opcode < Opcode.Close && !AllowsAnyOrder && (opcode == Opcode.Continuation) != (connection.Fragments > 0)) return 1002;

            byte second = (await connection.ReadAsync(1))[0];
            bool isMasked = second >= 0x80;
            ulong length = (ulong)(second & 0x7f);
            if ((!isMasked && !AllowsUnmasked) || (opcode >= Opcode.Close && length > 125)) return 1002;
            if (length >= 126)
            {
                ulong least = length == 126 ? 126u : 65_536u;
                length = length == 126
                    ? BinaryPrimitives.ReadUInt16BigEndian(await connection.ReadAsync(2))
                    : BinaryPrimitives.ReadUInt64BigEndian(await connection.ReadAsync(8));
                if (length > long.MaxValue || (length < least && !AllowsLongerLengths)) return 1002;
            }

            if (opcode < Opcode.Close && length > (ulong)(MaxMessageBytes - connection.Message.Count)) return 1009;
            byte[] key = isMasked ? await connection.ReadAsync(4) : [0, 0, 0, 0];

            if (opcode >= Opcode.Close)
            {
                byte[] payload = EchoConnection.Unmask(await connection.ReadAsync((int)length), key);
                if (opcode == Opcode.Ping) await connection.SendAsync(FrameEncoder.Unmasked(0x8a, AnswerPing(payload)));
                if (opcode == Opcode.Close) return await CloseAsync(connection, payload);
                continue;
            }

            if (++connection.Fragments > MaxFragments) return 1008;
            if (connection.Fragments == 1) (connection.Opcode, connection.IsCompressed) = (opcode, (first & 0x40) != 0);
            int code = await ReadDataAsync(connection, (int)length, key);
            if (code == 0 && fin) code = await AnswerAsync(connection);
            if (code != 0) return code;
        }
    }

    private async Task<int> ReadDataAsync(EchoConnection connection, int length, byte[] key)
    {
        for (int position = 0; position < length;)
        {
            byte[] part = await connection.ReadSomeAsync(length - position);
            for (int i = 0; i < part.Length; i++) connection.Message.Add((byte)(part[i] ^ key[(position + i) & 3]));
            position += part.Length;
            if (connection.Opcode == Opcode.Text && !connection.IsCompressed && !MayBecomeText(connection.TakeUnchecked())) return 1007;
        }

        return 0;
    }

    private async Task<int> AnswerAsync(EchoConnection connection)
    {
        byte[]? message = [.. connection.Message];
        if (connection.IsCompressed) message = Decode(message, connection);
        if (message is null || (connection.Opcode == Opcode.Text && !IsText(message))) return 1007;
        if (message.Length > MaxMessageBytes) return 1009;
        Opcode opcode = connection.Opcode;
        connection.BeginMessage();
        await connection.SendAsync(Encode(opcode, message, connection));
        return 0;
    }

    private async Task<int> CloseAsync(EchoConnection connection, byte[] payload)
    {
        if (payload.Length == 1 || (payload.Length > 1 && !AllowsCode(BinaryPrimitives.ReadUInt16BigEndian(payload)))) return 1002;
        if (payload.Length > 2 && !Utf8.IsValid(payload.AsSpan(2))) return 1007;
        if (AnswerClose(payload) is { } answer) await connection.SendAsync(FrameEncoder.Unmasked(0x88, answer));
        return 0;
    }
}
