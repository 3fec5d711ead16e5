namespace WsAot.Limits;

/// <summary>How much may come in a second, and how much of it at once after a rest.</summary>
/// <param name="perSecond">The rate; 0 or <see cref="int.MaxValue"/>: no limit.</param>
/// <param name="burst">What can be saved up; 0: one second's worth.</param>
internal readonly struct Rate(int perSecond, int burst)
{
    public int PerSecond { get; } = perSecond;

    /// <summary>The most that a bucket holds.</summary>
    public int Capacity { get; } = burst > 0 ? burst : perSecond;

    public bool IsLimited => PerSecond is > 0 and < int.MaxValue;

    public bool IsSameAs(Rate other) => PerSecond == other.PerSecond && Capacity == other.Capacity;
}
