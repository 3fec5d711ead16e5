using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WsAot.Protocol.Frames;

/// <summary>
/// Masks and unmasks payloads (RFC 6455 section 5.3); both are the same operation. A masking key is passed as a number with the key's first
/// byte in its lowest eight bits, on every machine: <c>BinaryPrimitives.ReadUInt32LittleEndian(keyBytes)</c>.
/// </summary>
public static class Masking
{
    /// <summary>Masks <paramref name="payload"/> in place.</summary>
    /// <param name="payload">Any number of bytes at any alignment.</param>
    /// <param name="maskingKey">The key, its first byte in the lowest bits.</param>
    /// <param name="offset">Which byte of the key masks the first byte of the payload: 0 to 3.</param>
    /// <returns>The offset for the next part of the same frame.</returns>
    public static int Apply(Span<byte> payload, uint maskingKey, int offset)
    {
        _ = ApplyAndTestAscii(payload, maskingKey, offset);
        return (offset + payload.Length) & 3;
    }

    /// <summary>
    /// Masks <paramref name="source"/> into <paramref name="destination"/>, so that copying and masking touch each byte once.
    /// </summary>
    /// <param name="source">Any number of bytes; it must not partly overlap the destination.</param>
    /// <param name="destination">At least as long as the source.</param>
    /// <param name="maskingKey">The key, its first byte in the lowest bits.</param>
    /// <param name="offset">Which byte of the key masks the first byte of the source: 0 to 3.</param>
    /// <returns>The offset for the next part of the same frame.</returns>
    public static int Apply(ReadOnlySpan<byte> source, Span<byte> destination, uint maskingKey, int offset)
    {
        _ = ApplyAndTestAscii(source, destination, maskingKey, offset);
        return (offset + source.Length) & 3;
    }

    /// <summary>
    /// Masks in place like <see cref="Apply(Span{byte}, uint, int)"/>, and returns whether the result is ASCII. The result is in a register
    /// anyway, so the test costs next to nothing, and most text needs no other check.
    /// </summary>
    internal static bool ApplyAndTestAscii(Span<byte> payload, uint maskingKey, int offset)
    {
        ref byte start = ref MemoryMarshal.GetReference(payload);
        return Xor(ref start, ref start, (nuint)payload.Length, BitOperations.RotateRight(maskingKey, 8 * offset));
    }

    /// <summary>Masks <paramref name="source"/> into <paramref name="destination"/>, and returns whether the result is ASCII.</summary>
    internal static bool ApplyAndTestAscii(ReadOnlySpan<byte> source, Span<byte> destination, uint maskingKey, int offset)
    {
        destination = destination[..source.Length];
        return Xor(
            ref MemoryMarshal.GetReference(source),
            ref MemoryMarshal.GetReference(destination),
            (nuint)source.Length,
            BitOperations.RotateRight(maskingKey, 8 * offset));
    }

    // Whole vectors from the start, then one that ends at the last byte and may overlap its neighbour. In place, the overlap would be
    // masked twice, so the last vector is loaded before anything is stored, and stored last. Returns whether all that was stored is ASCII.
    private static bool Xor(ref byte source, ref byte destination, nuint length, uint key)
    {
        if (length < sizeof(uint))
        {
            int all = 0;
            for (nuint i = 0; i < length; i++)
            {
                all |= Unsafe.Add(ref destination, i) = (byte)(Unsafe.Add(ref source, i) ^ (key >> (int)(8 * i)));
            }

            return all < 0x80;
        }

        // All widths are multiples of four, so `length` itself gives the key byte at which the last vector starts.
        uint front = InMemoryOrder(key);
        uint back = InMemoryOrder(BitOperations.RotateRight(key, 8 * (int)(length & 3)));
        if (Avx2.IsSupported && length >= (nuint)Vector256<byte>.Count) return Xor256(ref source, ref destination, length, front, back);
        if (length >= (nuint)Vector128<byte>.Count) return Xor128(ref source, ref destination, length, front, back);
        if (length >= sizeof(ulong)) return Xor64(ref source, ref destination, length, front, back);
        return Xor32(ref source, ref destination, length, front, back);
    }

    private static uint InMemoryOrder(uint key) => BitConverter.IsLittleEndian ? key : BinaryPrimitives.ReverseEndianness(key);

    // The instructions are named one by one: the native file targets processors without AVX2, where only a named instruction behind
    // IsSupported becomes a single instruction.
    private static unsafe bool Xor256(ref byte source, ref byte destination, nuint length, uint front, uint back)
    {
        fixed (byte* from = &source, to = &destination)
        {
            nuint last = length - (nuint)Vector256<byte>.Count;
            Vector256<byte> end = Avx2.Xor(
                Avx.LoadVector256(from + last), Avx2.BroadcastScalarToVector256(Vector128.CreateScalar(back)).AsByte());
            Vector256<byte> mask = Avx2.BroadcastScalarToVector256(Vector128.CreateScalar(front)).AsByte();
            Vector256<byte> all = end;
            nuint i = 0;
            for (; i + (2 * (nuint)Vector256<byte>.Count) <= last; i += 2 * (nuint)Vector256<byte>.Count)
            {
                Vector256<byte> one = Avx2.Xor(Avx.LoadVector256(from + i), mask);
                Vector256<byte> other = Avx2.Xor(Avx.LoadVector256(from + i + Vector256<byte>.Count), mask);
                Avx.Store(to + i, one);
                Avx.Store(to + i + Vector256<byte>.Count, other);
                all = Avx2.Or(all, Avx2.Or(one, other));
            }

            for (; i < last; i += (nuint)Vector256<byte>.Count)
            {
                Vector256<byte> one = Avx2.Xor(Avx.LoadVector256(from + i), mask);
                Avx.Store(to + i, one);
                all = Avx2.Or(all, one);
            }

            Avx.Store(to + last, end);
            return Avx2.MoveMask(all) == 0;
        }
    }

    /// <summary>Internal for the tests: on a machine with AVX2, all but the shortest inputs use the wider vectors.</summary>
    internal static bool Xor128(ref byte source, ref byte destination, nuint length, uint front, uint back)
    {
        nuint last = length - (nuint)Vector128<byte>.Count;
        Vector128<byte> end = Vector128.LoadUnsafe(ref source, last) ^ Vector128.Create(back).AsByte();
        Vector128<byte> mask = Vector128.Create(front).AsByte();
        Vector128<byte> all = end;
        nuint i = 0;
        // Four vectors per iteration: with one, the loop would cost as much as the masking.
        for (; i + 64 <= last; i += 64)
        {
            Vector128<byte> a = Vector128.LoadUnsafe(ref source, i) ^ mask;
            Vector128<byte> b = Vector128.LoadUnsafe(ref source, i + 16) ^ mask;
            Vector128<byte> c = Vector128.LoadUnsafe(ref source, i + 32) ^ mask;
            Vector128<byte> d = Vector128.LoadUnsafe(ref source, i + 48) ^ mask;
            a.StoreUnsafe(ref destination, i);
            b.StoreUnsafe(ref destination, i + 16);
            c.StoreUnsafe(ref destination, i + 32);
            d.StoreUnsafe(ref destination, i + 48);
            all |= a | b | (c | d);
        }

        for (; i < last; i += (nuint)Vector128<byte>.Count)
        {
            Vector128<byte> one = Vector128.LoadUnsafe(ref source, i) ^ mask;
            one.StoreUnsafe(ref destination, i);
            all |= one;
        }

        end.StoreUnsafe(ref destination, last);
        return all.ExtractMostSignificantBits() == 0;
    }

    private static bool Xor64(ref byte source, ref byte destination, nuint length, uint front, uint back)
    {
        nuint last = length - sizeof(ulong);
        ulong end = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, last)) ^ (back | ((ulong)back << 32));
        ulong start = Unsafe.ReadUnaligned<ulong>(ref source) ^ (front | ((ulong)front << 32));
        Unsafe.WriteUnaligned(ref destination, start);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, last), end);
        return ((start | end) & 0x8080_8080_8080_8080) == 0;
    }

    private static bool Xor32(ref byte source, ref byte destination, nuint length, uint front, uint back)
    {
        nuint last = length - sizeof(uint);
        uint end = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, last)) ^ back;
        uint start = Unsafe.ReadUnaligned<uint>(ref source) ^ front;
        Unsafe.WriteUnaligned(ref destination, start);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, last), end);
        return ((start | end) & 0x8080_8080) == 0;
    }
}
