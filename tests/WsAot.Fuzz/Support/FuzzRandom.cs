namespace WsAot.Fuzz.Support;

/// <summary>
/// Random numbers that are the same on every runtime: SplitMix64, which is one addition and a mix. The seed and the number identify an
/// input, so each can be made again without the earlier ones.
/// </summary>
internal sealed class FuzzRandom(ulong seed, ulong number = 0)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15) ^ Mix((number + 1) * 0xD1342543DE82EF95);

    /// <summary>Random numbers that depend only on bytes.</summary>
    public static FuzzRandom Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes) hash = (hash ^ value) * 1099511628211;
        return new FuzzRandom(hash);
    }

    public ulong NextUInt64() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 to <paramref name="end"/> - 1.</summary>
    public int Next(int end) => (int)(NextUInt64() % (ulong)end);

    public int Next(int start, int end) => start + Next(end - start);

    /// <summary>True once in this many times, on average.</summary>
    public bool OneIn(int times) => Next(times) == 0;

    public byte NextByte() => (byte)NextUInt64();

    public byte[] NextBytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = NextByte();
        return bytes;
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
