namespace WsAot.Limits;

/// <summary>How much may come in a second, and how much of it at once after a rest.</summary>
/// <param name="PerSecond">The rate; 0 or <see cref="int.MaxValue"/>: no limit.</param>
/// <param name="Burst">What can be saved up; 0: one second's worth.</param>
internal readonly record struct Rate(int PerSecond, int Burst)
{
    public bool IsLimited => PerSecond is > 0 and < int.MaxValue;

    /// <summary>The most that a bucket holds.</summary>
    public int Capacity => Burst > 0 ? Burst : PerSecond;
}
