using System.IO.Compression;
using WsAot.Soak.Wire;
using WsAot.TestKit.Deflate;

namespace WsAot.Soak.Abusing;

/// <summary>All kinds of abuse. The bounds follow from the server's documented limits, not from measurements.</summary>
internal static class AbuseKinds
{
    // The longest path.
    private const int LongestPath = 2048;
    // A session with its handler and its transport connection. A request head may also take its buffer.
    private const int Idle = 16 * 1024;
    private const int Head = Idle + 16 * 1024;
    // A message of 64 KiB, in a buffer that doubles.
    private const int Message = Idle + 128 * 1024;
    // 1 MiB may wait for a slow reader, plus what one batch adds.
    private const int Output = Idle + 1024 * 1024 + 64 * 1024;
    // The path and a topic name, as bytes and as characters of two bytes, in tables that double.
    private const int Path = Idle + 2 * 6 * LongestPath;
    // 1 MiB of parameters, twice as long as strings; one more read of 512 KiB; and answers, of which the last one may be six times as long
    // as the message.
    private const int Calls = Output + Message + 2 * 1024 * 1024 + 512 * 1024 + 6 * 64 * 1024;

    // An OpenSSL session, an incomplete received record, and an unsent one.
    private const int Tls = 32 * 1024 + 2 * 17 * 1024;

    public static IReadOnlyList<AbuseKind> All(bool withDeflate, bool usesTls)
    {
        List<AbuseKind> kinds =
        [
            new("handshake never finished", Head, null, "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:"u8.ToArray()),
            new("head byte by byte", Head, null, "GET /echo HTTP/1.1\r\nHost: "u8.ToArray())
            {
                Then = "a.b."u8.ToArray(),
                ByteByByte = true,
            },
            new("64 MiB declared", Idle, "/echo", MaskedFrame.Header(Opcode.Binary, 64 * 1024 * 1024)),
            // On the route that limits messages to 64 KiB and 1,024 fragments. Beyond that, the connection is closed, and opened again.
            new("endless fragments", Message, "/chat/fragments", MaskedFrame.Create(Opcode.Text, "a"u8, isFinal: false))
            {
                Then = Repeat(MaskedFrame.Create(Opcode.Continuation, [.. Enumerable.Repeat((byte)'a', 250)], isFinal: false), 8),
            },
            new("ping flood, not reading", Output, "/echo", default)
            {
                Then = Repeat(MaskedFrame.Create(Opcode.Ping, new byte[125]), 32),
                Withholds = true,
            },
            new("echo flood, not reading", Output
                + Message, "/echo", default) { Then = MaskedFrame.Create(Opcode.Binary, new byte[16_000]), Withholds = true },
            new("slow reader, flooded chat", Output, "/chat/flooded", default) { Withholds = true, FloodMessageBytes = 4000 },
            // Smaller than the frames that queues share between connections.
            new("slow reader, small frames", Output, "/chat/flooded-small", default) { Withholds = true, FloodMessageBytes = 1500 },
            // After the delay, all answers wait.
            new("rpc-pending", Calls, RpcMessages.Path, RpcMessages.Pending(delayMs: 500))
            {
                Withholds = true,
                SendsMuch = true,
                OpeningsPerRound = 20,
            },
            new("idle", Idle, "/echo", default),
            new("long-path", Path, LongPath(), default),
            new("half-closed", Idle, "/echo", MaskedFrame.Create(Opcode.Text, "bye"u8)) { HalfCloses = true },
            // RSV2 fails the connection; the client never answers the close frame, does not end TCP, and sends more.
            new("close never answered", Idle, "/echo", (byte[])[0xa1, 0x80, 0, 0, 0, 0])
            {
                Then = MaskedFrame.Create(Opcode.Ping, "still here"u8),
                IgnoresEnd = true,
            },
        ];
        if (withDeflate)
        {
            // 8 MiB of zeros in 8 KiB: the ratio limit stops it at 1 MiB. The buffer exists only while it inflates. Each takes about 2 ms
            // of work, and then comes again. 200 in a second leave two cores time for others.
            byte[] bomb = MaskedFrame.Create(
                Opcode.Binary, PlatformDeflate.Compress(new byte[8 * 1024 * 1024], CompressionLevel.SmallestSize), isCompressed: true);
            kinds.Add(new("deflate bombs", Output, "/echo", bomb) { OffersDeflate = true, OpeningsPerRound = 20 });
        }

        return usesTls ? [.. kinds.Select(static kind => kind with { MaxBytesEach = kind.MaxBytesEach + Tls }), .. BelowTls()] : kinds;
    }

    /// <summary>The kinds that never complete the TLS handshake.</summary>
    private static IEnumerable<AbuseKind> BelowTls() =>
    [
        new("TLS never begun", Idle + Tls, null, default) { IsBelowTls = true },
        // A handshake message of 16,379 bytes in one record of the largest size.
        new("TLS hello byte by byte", Idle + Tls, null, (byte[])[22, 3, 1, 0x3f, 0xff, 1, 0, 0x3f, 0xfb, 3, 3])
        {
            Then = new byte[4],
            ByteByByte = true,
            IsBelowTls = true,
        },
        // Each costs the server a signature. 200 in a second leave two cores time for others.
        new("TLS given up after the hello", Idle + Tls, null, TlsSession.ClientHello()) { OpeningsPerRound = 20, IsBelowTls = true },
    ];

    /// <summary>A room for each connection, with the longest possible name.</summary>
    private static string LongPath()
    {
        const string Room = "/chat/";
        return Room + AbuseKind.Number + new string('x', LongestPath - Room.Length - AbuseKind.NumberDigits);
    }

    private static byte[] Repeat(byte[] frame, int times) => [.. Enumerable.Repeat(frame, times).SelectMany(static bytes => bytes)];
}
