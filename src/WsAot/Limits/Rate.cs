namespace WsAot.Limits;

/// <summary>How much is allowed in a second, and how much at once after a pause.</summary>
/// <param name="perSecond">The rate; 0 or <see cref="int.MaxValue"/> for no limit.</param>
/// <param name="burst">How much can be saved up; 0 for one second's worth.</param>
internal readonly struct Rate(int perSecond, int burst)
{
    public int PerSecond { get; } = perSecond;

    /// <summary>The most tokens that a bucket holds.</summary>
    public int Capacity { get; } = burst > 0 ? burst : perSecond;

    public bool IsLimited => PerSecond is > 0 and < int.MaxValue;

    public bool IsSameAs(Rate other) => PerSecond == other.PerSecond && Capacity == other.Capacity;
}
