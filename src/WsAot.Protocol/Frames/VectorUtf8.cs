using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace WsAot.Protocol.Frames;

/// <summary>
/// Validates UTF-8 (RFC 3629) a vector at a time, whatever the script: the platform's check is as fast for ASCII, but takes other letters
/// one by one. The method is that of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2020): every wrong
/// sequence shows in two adjacent bytes, but for the number of continuation bytes, which is counted.
/// </summary>
internal static class VectorUtf8
{
    // What two adjacent bytes can be; a bit that the first byte's halves and the second byte's upper half all have is an error.
    private const byte TooShort = 1;            // 11______ 0_______ or 11______ 11______
    private const byte TooLong = 2;             // 0_______ 10______
    private const byte Overlong3 = 4;           // 11100000 100_____
    private const byte TooLarge = 8;            // 11110100 1001____ and above
    private const byte Surrogate = 16;          // 11101101 101_____
    private const byte Overlong2 = 32;          // 1100000_ 10______
    private const byte Overlong4 = 64;          // 11110000 1000____; and what is larger than 11110100
    private const byte TwoContinuations = 128;  // 10______ 10______: an error unless a third or fourth byte belongs there
    private const byte AnyLow = TooShort | TooLong | TwoContinuations;
    private const byte AboveF4 = AnyLow | TooLarge | Overlong4;
    private const byte AnyContinuation = TooLong | Overlong2 | TwoContinuations;

    private static ReadOnlySpan<byte> FirstUpper =>
    [
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | Overlong4,
    ];

    private static ReadOnlySpan<byte> FirstLower =>
    [
        AnyLow | Overlong3 | Overlong2 | Overlong4, AnyLow | Overlong2, AnyLow, AnyLow,
        AnyLow | TooLarge, AboveF4, AboveF4, AboveF4,
        AboveF4, AboveF4, AboveF4, AboveF4,
        AboveF4, AboveF4 | Surrogate, AboveF4, AboveF4,
    ];

    private static ReadOnlySpan<byte> SecondUpper =>
    [
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        AnyContinuation | Overlong3 | Overlong4, AnyContinuation | Overlong3 | TooLarge,
        AnyContinuation | Surrogate | TooLarge, AnyContinuation | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort,
    ];

    // Subtracting these from the end of a vector leaves something of a sequence that goes on behind it.
    private static ReadOnlySpan<byte> LastOf32 =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xEF, 0xDF, 0xBF,
    ];

    /// <summary>Whether the bytes are whole, valid UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        if (Avx2.IsSupported && bytes.Length >= Vector256<byte>.Count)
            return IsValid256(bytes);
        if ((Ssse3.IsSupported || AdvSimd.Arm64.IsSupported) && bytes.Length >= Vector128<byte>.Count)
            return IsValid128(bytes);
        return Utf8.IsValid(bytes);
    }

    /// <summary>With vectors of 16 bytes, for processors without AVX2.</summary>
    internal static bool IsValid128(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector128<byte> previous = default;
        Vector128<byte> isOpen = default;
        Vector128<byte> error = default;
        int i = 0;
        for (; i <= bytes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            error |= Check(Vector128.LoadUnsafe(ref start, (nuint)i), ref previous, ref isOpen);

        // What is left, with zeros behind it: a sequence that is open at the end is too short for them.
        Span<byte> rest = stackalloc byte[Vector128<byte>.Count];
        rest.Clear();
        bytes[i..].CopyTo(rest);
        error |= Check(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(rest)), ref previous, ref isOpen);
        return error == Vector128<byte>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Check(Vector128<byte> input, ref Vector128<byte> previous, ref Vector128<byte> isOpen)
    {
        if (input.ExtractMostSignificantBits() == 0)
        {
            Vector128<byte> cutOff = isOpen;
            (previous, isOpen) = (input, default);
            return cutOff;
        }

        // The vectors that end one, two and three bytes before the end of this one.
        Vector128<byte> first = Ssse3.IsSupported ? Ssse3.AlignRight(input, previous, 15) : AdvSimd.ExtractVector128(previous, input, 15);
        Vector128<byte> second = Ssse3.IsSupported ? Ssse3.AlignRight(input, previous, 14) : AdvSimd.ExtractVector128(previous, input, 14);
        Vector128<byte> third = Ssse3.IsSupported ? Ssse3.AlignRight(input, previous, 13) : AdvSimd.ExtractVector128(previous, input, 13);
        Vector128<byte> wrong = Lookup(FirstUpper, first >>> 4)
            & Lookup(FirstLower, first & Vector128.Create((byte)0x0F))
            & Lookup(SecondUpper, input >>> 4);

        // The second byte after E0 and above, and the third after F0 and above, must be what TwoContinuations says, and no other may.
        Vector128<byte> belongs = SubtractSaturate(second, Vector128.Create((byte)(0xE0 - 0x80)))
            | SubtractSaturate(third, Vector128.Create((byte)(0xF0 - 0x80)));
        (previous, isOpen) = (input, SubtractSaturate(input, Vector128.Create(LastOf32[16..])));
        return (belongs & Vector128.Create((byte)0x80)) ^ wrong;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Lookup(ReadOnlySpan<byte> table, Vector128<byte> indexes) =>
        Ssse3.IsSupported
            ? Ssse3.Shuffle(Vector128.Create(table), indexes)
            : AdvSimd.Arm64.VectorTableLookup(Vector128.Create(table), indexes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> SubtractSaturate(Vector128<byte> left, Vector128<byte> right) =>
        Sse2.IsSupported ? Sse2.SubtractSaturate(left, right) : AdvSimd.SubtractSaturate(left, right);

    // The same with vectors of 32 bytes. The instructions are named one by one: the native file is compiled for processors without AVX2,
    // where only what is named, and stands behind IsSupported, becomes one instruction.
    private static unsafe bool IsValid256(ReadOnlySpan<byte> bytes)
    {
        byte* last = stackalloc byte[Vector256<byte>.Count];
        fixed (byte* start = bytes, firstUpper = FirstUpper, firstLower = FirstLower, secondUpper = SecondUpper, lastOf32 = LastOf32)
        {
            Vector256<byte> previous = Vector256<byte>.Zero;
            Vector256<byte> isOpen = Vector256<byte>.Zero;
            Vector256<byte> error = Vector256<byte>.Zero;
            Vector256<byte> lowerHalf = Vector256.Create((byte)0x0F);
            Vector256<byte> belowE0 = Vector256.Create((byte)(0xE0 - 0x80));
            Vector256<byte> belowF0 = Vector256.Create((byte)(0xF0 - 0x80));
            Vector256<byte> topBit = Vector256.Create((byte)0x80);
            Vector256<byte> firstUpperTable = Avx2.BroadcastVector128ToVector256(firstUpper);
            Vector256<byte> firstLowerTable = Avx2.BroadcastVector128ToVector256(firstLower);
            Vector256<byte> secondUpperTable = Avx2.BroadcastVector128ToVector256(secondUpper);
            Vector256<byte> endOfVector = Avx.LoadVector256(lastOf32);

            int whole = bytes.Length & ~(Vector256<byte>.Count - 1);
            for (int i = 0; i <= whole; i += Vector256<byte>.Count)
            {
                byte* next = start + i;
                if (i == whole)
                {
                    // What is left, with zeros behind it: a sequence that is open at the end is too short for them.
                    Avx.Store(last, Vector256<byte>.Zero);
                    bytes[whole..].CopyTo(new Span<byte>(last, Vector256<byte>.Count));
                    next = last;
                }

                Vector256<byte> input = Avx.LoadVector256(next);
                if (Avx2.MoveMask(input) == 0)
                {
                    error = Avx2.Or(error, isOpen);
                    isOpen = Vector256<byte>.Zero;
                    previous = input;
                    continue;
                }

                // AlignRight works in each half by itself, so the half between the two vectors is put together first.
                Vector256<byte> between = Avx2.Permute2x128(previous, input, 0x21);
                Vector256<byte> first = Avx2.AlignRight(input, between, 15);
                Vector256<byte> wrong = Avx2.And(
                    Avx2.And(
                        Avx2.Shuffle(firstUpperTable, Avx2.And(Avx2.ShiftRightLogical(first.AsUInt16(), 4).AsByte(), lowerHalf)),
                        Avx2.Shuffle(firstLowerTable, Avx2.And(first, lowerHalf))),
                    Avx2.Shuffle(secondUpperTable, Avx2.And(Avx2.ShiftRightLogical(input.AsUInt16(), 4).AsByte(), lowerHalf)));
                Vector256<byte> belongs = Avx2.Or(
                    Avx2.SubtractSaturate(Avx2.AlignRight(input, between, 14), belowE0),
                    Avx2.SubtractSaturate(Avx2.AlignRight(input, between, 13), belowF0));
                error = Avx2.Or(error, Avx2.Xor(Avx2.And(belongs, topBit), wrong));
                isOpen = Avx2.SubtractSaturate(input, endOfVector);
                previous = input;
            }

            return Avx.TestZ(error, error);
        }
    }
}
