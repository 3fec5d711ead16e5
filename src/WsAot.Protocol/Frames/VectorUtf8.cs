using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace WsAot.Protocol.Frames;

/// <summary>
/// Validates UTF-8 (RFC 3629) one vector at a time, for any script; .NET's own check takes characters beyond ASCII one by one. The method
/// is that of Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2020): every error shows in two adjacent bytes,
/// except the number of continuation bytes, which is counted.
/// </summary>
/// <remarks>
/// An error at a byte depends on it and the three bytes before it. These are loaded from memory, not combined from two vectors, so no
/// vector waits for the one before it, and checking a byte twice does no harm.
/// </remarks>
internal static class VectorUtf8
{
    /// <summary>A block of this size is skipped if it is ASCII and so is the byte before it, since then no sequence is open.</summary>
    private const nuint BlockBytes = 64;

    /// <summary>A shorter text is first copied between zeros, because the vectors also load the bytes before it.</summary>
    private const int ShortBytes = 32;

    // The errors that two adjacent bytes can show. A bit that all three tables have (for both halves of the first byte and the upper half
    // of the second) is an error.
    private const byte TooShort = 1;            // 11______ 0_______ or 11______ 11______
    private const byte TooLong = 2;             // 0_______ 10______
    private const byte Overlong3 = 4;           // 11100000 100_____
    private const byte TooLarge = 8;            // 11110100 1001____ and above
    private const byte Surrogate = 16;          // 11101101 101_____
    private const byte Overlong2 = 32;          // 1100000_ 10______
    private const byte Overlong4 = 64;          // 11110000 1000____; and first bytes above 11110100
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

    // Subtracted with saturation from the last bytes of the text, these leave a nonzero byte if its last sequence is incomplete.
    private static ReadOnlySpan<byte> LastOf16 => [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xEF, 0xDF, 0xBF];

    /// <summary>Whether the bytes are complete, valid UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        if (!Ssse3.IsSupported) return Utf8.IsValid(bytes);
        return Avx2.IsSupported && bytes.Length >= (int)BlockBytes ? IsValid256(bytes) : IsValid128(bytes);
    }

    /// <summary>With vectors of 16 bytes; only where SSSE3 is supported.</summary>
    internal static bool IsValid128(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortBytes) return IsShortValid(bytes);

        ref byte start = ref MemoryMarshal.GetReference(bytes);
        nuint length = (nuint)bytes.Length;
        Vector128<byte> error = CheckFirst(ref start);
        nuint i = 16;
        for (; i + BlockBytes <= length; i += BlockBytes)
        {
            Vector128<byte> all = Vector128.LoadUnsafe(ref start, i - 1) | Vector128.LoadUnsafe(ref start, i)
                | Vector128.LoadUnsafe(ref start, i + 16) | Vector128.LoadUnsafe(ref start, i + 32)
                | Vector128.LoadUnsafe(ref start, i + 48);
            if (Sse2.MoveMask(all) != 0)
            {
                error |= Check128(ref start, i) | Check128(ref start, i + 16) | Check128(ref start, i + 32) | Check128(ref start, i + 48);
            }
        }

        for (; i + 16 <= length; i += 16) error |= Check128(ref start, i);
        if (i < length) error |= Check128(ref start, length - 16);
        return (error | CheckEnd(ref start, length)) == Vector128<byte>.Zero;
    }

    // The same with vectors of 32 bytes, after the first 16.
    private static bool IsValid256(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        nuint length = (nuint)bytes.Length;
        Vector256<byte> error = Vector256<byte>.Zero;
        nuint i = 16;
        for (; i + BlockBytes <= length; i += BlockBytes)
        {
            Vector256<byte> all = Vector256.LoadUnsafe(ref start, i - 1)
                | Vector256.LoadUnsafe(ref start, i) | Vector256.LoadUnsafe(ref start, i + 32);
            if (Avx2.MoveMask(all) != 0) error |= Check256(ref start, i) | Check256(ref start, i + 32);
        }

        for (; i + 32 <= length; i += 32) error |= Check256(ref start, i);
        if (i < length) error |= Check256(ref start, length - 32);
        return (CheckFirst(ref start) | CheckEnd(ref start, length) | error.GetLower() | error.GetUpper()) == Vector128<byte>.Zero;
    }

    private static bool IsShortValid(ReadOnlySpan<byte> bytes)
    {
        // At least one zero follows the text, so a sequence that is open at its end is too short.
        Span<byte> framed = stackalloc byte[16 + ShortBytes];
        framed.Clear();
        bytes.CopyTo(framed[16..]);
        ref byte start = ref MemoryMarshal.GetReference(framed);
        return (Check128(ref start, 16) | Check128(ref start, 32)) == Vector128<byte>.Zero;
    }

    // Checks the first 16 bytes, as if zeros came before them.
    private static Vector128<byte> CheckFirst(ref byte start)
    {
        Vector128<byte> input = Vector128.LoadUnsafe(ref start);
        return Check128(
            input,
            Sse2.ShiftLeftLogical128BitLane(input, 1),
            Sse2.ShiftLeftLogical128BitLane(input, 2),
            Sse2.ShiftLeftLogical128BitLane(input, 3));
    }

    private static Vector128<byte> CheckEnd(ref byte start, nuint length) =>
        Sse2.SubtractSaturate(Vector128.LoadUnsafe(ref start, length - 16), Vector128.Create(LastOf16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Check128(ref byte start, nuint i) => Check128(
        Vector128.LoadUnsafe(ref start, i),
        Vector128.LoadUnsafe(ref start, i - 1),
        Vector128.LoadUnsafe(ref start, i - 2),
        Vector128.LoadUnsafe(ref start, i - 3));

    // Finds the errors at each byte, given the bytes one, two and three places before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Check128(Vector128<byte> input, Vector128<byte> first, Vector128<byte> second, Vector128<byte> third)
    {
        Vector128<byte> lowerHalf = Vector128.Create((byte)0x0F);
        Vector128<byte> wrong = Ssse3.Shuffle(
            Vector128.Create(FirstUpper), Sse2.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & lowerHalf)
            & Ssse3.Shuffle(Vector128.Create(FirstLower), first & lowerHalf)
            & Ssse3.Shuffle(Vector128.Create(SecondUpper), Sse2.ShiftRightLogical(input.AsUInt16(), 4).AsByte() & lowerHalf);

        // The second byte after E0 or above, and the third after F0 or above, must be a continuation after a continuation
        // (TwoContinuations). At any other byte, that is an error.
        Vector128<byte> belongs = Sse2.SubtractSaturate(second, Vector128.Create((byte)(0xE0 - 0x80)))
            | Sse2.SubtractSaturate(third, Vector128.Create((byte)(0xF0 - 0x80)));
        return (belongs & Vector128.Create((byte)0x80)) ^ wrong;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Check256(ref byte start, nuint i)
    {
        Vector256<byte> first = Vector256.LoadUnsafe(ref start, i - 1);
        Vector256<byte> lowerHalf = Vector256.Create((byte)0x0F);
        Vector256<byte> wrong = Avx2.Shuffle(Twice(FirstUpper), Avx2.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & lowerHalf)
            & Avx2.Shuffle(Twice(FirstLower), first & lowerHalf)
            & Avx2.Shuffle(
                Twice(SecondUpper), Avx2.ShiftRightLogical(Vector256.LoadUnsafe(ref start, i).AsUInt16(), 4).AsByte() & lowerHalf);
        Vector256<byte> belongs = Avx2.SubtractSaturate(Vector256.LoadUnsafe(ref start, i - 2), Vector256.Create((byte)(0xE0 - 0x80)))
            | Avx2.SubtractSaturate(Vector256.LoadUnsafe(ref start, i - 3), Vector256.Create((byte)(0xF0 - 0x80)));
        return (belongs & Vector256.Create((byte)0x80)) ^ wrong;
    }

    // The shuffle looks up each half of the vector in its own half of the table.
    private static Vector256<byte> Twice(ReadOnlySpan<byte> table) => Vector256.Create(Vector128.Create(table), Vector128.Create(table));
}
