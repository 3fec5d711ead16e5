namespace WsAot.Limits;

/// <summary>
/// Numbers within a range, spread so evenly that any few in a row are far apart: multiples of the golden ratio. Any thread.
/// </summary>
internal sealed class Spread
{
    private const uint GoldenRatio = 2_654_435_769;     // of 2^32

    private int _count;

    /// <summary>The next number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Next(int least, int most) => least + (int)Of((uint)Interlocked.Increment(ref _count), most - least + 1);

    /// <summary>The number from 0 to below a bound that another number maps to.</summary>
    public static long Of(uint number, int bound) => (long)(((ulong)(number * GoldenRatio) * (uint)bound) >> 32);
}
