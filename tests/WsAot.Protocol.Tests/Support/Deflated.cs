using System.Buffers;
using System.Collections.Concurrent;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;
using WsAot.TestKit.Deflate;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Compressed messages, made by the platform's own stream or by hand, and what they are made of.</summary>
internal static class Deflated
{
    private static readonly ConcurrentDictionary<int, byte[]> s_bombs = new();

    /// <summary>A message by itself, with the tail cut off (RFC 7692 section 7.2.1).</summary>
    public static byte[] Message(byte[] message) => PlatformDeflate.Compress(message);

    /// <summary>What the naive inflater makes of a message by itself; null if it is none.</summary>
    public static byte[]? InflateNaively(byte[] compressed)
    {
        (InflateVerdict verdict, byte[] message, bool isDefined) = new NaiveInflater().Inflate(compressed);
        Assert.True(isDefined);
        return verdict == InflateVerdict.Message ? message : null;
    }

    /// <summary>A frame with RSV1 set.</summary>
    public static byte[] Frame(Opcode opcode, byte[] compressed, bool fin = true) =>
        Wire.Raw((fin ? 0xC0 : 0x40) | (int)opcode, compressed);

    /// <summary>The message in frames that are cut at these places, with a ping before each but the first.</summary>
    public static byte[] Fragments(Opcode opcode, byte[] compressed, byte[] ping, params int[] cuts)
    {
        int[] all = [0, .. cuts, compressed.Length];
        var wire = new List<byte>();
        for (int i = 0; i + 1 < all.Length; i++)
        {
            byte[] part = compressed[all[i]..all[i + 1]];
            bool fin = i + 2 == all.Length;
            if (i > 0) wire.AddRange(Wire.Frame(Opcode.Ping, ping));
            wire.AddRange(i == 0 ? Frame(opcode, part, fin) : Wire.Continuation(part, fin));
        }

        return [.. wire];
    }

    /// <summary>A message of one fixed block that is one reference back, ten bytes long.</summary>
    public static byte[] Reference(int distance)
    {
        int code = 0;
        while (code < 29 && Base(code + 1) <= distance) code++;

        // Not final, fixed; length 10 is symbol 264, 0001000; then the distance; then the end of the block, and that of the message.
        string bits = "0" + "10" + "0001000" + Convert.ToString(code, 2).PadLeft(5, '0') +
            Reverse(distance - Base(code), Math.Max(0, (code / 2) - 1)) + "0000000" + "000";
        byte[] bytes = new byte[(bits.Length + 7) / 8];
        for (int i = 0; i < bits.Length; i++) bytes[i / 8] |= (byte)((bits[i] - '0') << (i % 8));
        return bytes;

        static int Base(int code) => code < 4 ? code + 1 : 1 + ((2 + (code & 1)) << ((code / 2) - 1));
        static string Reverse(int value, int count) => string.Concat(Enumerable.Range(0, count).Select(i => (value >> i) & 1));
    }

    /// <summary>Zeros, compressed a thousandfold.</summary>
    public static byte[] Bomb(int length) => [.. s_bombs.GetOrAdd(length, static length => Message(new byte[length]))];

    /// <summary>Something between noise and repetition, which has everything that a compressor looks for.</summary>
    public static byte[] Structured(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>(length + 300);
        while (bytes.Count < length)
        {
            int count = random.Next(1, 300);
            switch (random.Next(4))
            {
                case 0: bytes.AddRange(Wire.Bytes(count, random.Next())); break;
                case 1: bytes.AddRange(Enumerable.Repeat((byte)random.Next(256), count)); break;
                case 2:
                    bytes.AddRange(Wire.Utf8($"{{\"id\":{random.Next(1000)},\"name\":\"user {random.Next(50)}\",\"ok\":true}},"));
                    break;
                default:
                    if (bytes.Count > 0)
                    {
                        int back = random.Next(1, Math.Min(40_000, bytes.Count) + 1);
                        for (int i = 0; i < count; i++) bytes.Add(bytes[^back]);
                    }

                    break;
            }
        }

        return [.. bytes[..length]];
    }

    public static MessageInflater Inflater(bool noContextTakeover, int windowBits = 15, ArrayPool<byte>? pool = null) =>
        new(windowBits, noContextTakeover, pool ?? ArrayPool<byte>.Shared);

    public static MessageDeflater Deflater(bool noContextTakeover, int windowBits = 15, int level = 6, ArrayPool<byte>? pool = null) =>
        new(windowBits, noContextTakeover, level, pool ?? ArrayPool<byte>.Shared);
}
