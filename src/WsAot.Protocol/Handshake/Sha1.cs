using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace WsAot.Protocol.Handshake;

/// <summary>SHA-1 (RFC 3174) of a short message.</summary>
/// <remarks>
/// .NET's own SHA-1 calls OpenSSL, which the native file would have to contain, or load when it starts. RFC 6455 section 4.2.2 needs SHA-1
/// over 60 bytes, once per connection, to prove that the server understood the handshake; nothing secret depends on it.
/// </remarks>
internal static class Sha1
{
    public const int HashLength = 20;

    private const int BlockLength = 64;
    private const int RoundCount = 80;

    /// <summary>Writes the 20 bytes of the hash.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        ReadOnlySpan<byte> rest = message;
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..]) AddBlock(rest, state);

        // RFC 3174 section 4: a one bit, zeros, and the length in bits at the end of a block.
        Span<byte> end = stackalloc byte[2 * BlockLength];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        int endLength = rest.Length < BlockLength - sizeof(ulong) ? BlockLength : 2 * BlockLength;
        BinaryPrimitives.WriteUInt64BigEndian(end[(endLength - sizeof(ulong))..], (ulong)message.Length * 8);
        for (int i = 0; i < endLength; i += BlockLength) AddBlock(end[i..], state);

        for (int i = 0; i < state.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], state[i]);
    }

    [SkipLocalsInit]
    private static void AddBlock(ReadOnlySpan<byte> block, Span<uint> state)
    {
        Span<uint> words = stackalloc uint[RoundCount];
        for (int i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (int i = 16; i < RoundCount; i++)
        {
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }

        // RFC 3174 section 5: one function and one constant for each twenty rounds. Four loops, because a choice in each round would take
        // longer than the round.
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        foreach (uint word in words[..20]) Turn(ref a, ref b, ref c, ref d, ref e, ((b & c) | (~b & d)) + 0x5A827999 + word);
        foreach (uint word in words[20..40]) Turn(ref a, ref b, ref c, ref d, ref e, (b ^ c ^ d) + 0x6ED9EBA1 + word);
        foreach (uint word in words[40..60]) Turn(ref a, ref b, ref c, ref d, ref e, ((b & c) | (d & (b | c))) + 0x8F1BBCDC + word);
        foreach (uint word in words[60..]) Turn(ref a, ref b, ref c, ref d, ref e, (b ^ c ^ d) + 0xCA62C1D6 + word);

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(ref uint a, ref uint b, ref uint c, ref uint d, ref uint e, uint mix)
    {
        uint next = BitOperations.RotateLeft(a, 5) + e + mix;
        (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
    }
}
