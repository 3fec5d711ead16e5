namespace WsAot.Bench.Profiling;

/// <summary>What perf saw of a server at work.</summary>
/// <param name="Rows">Its functions, by their share of the time.</param>
/// <param name="Count">How often it looked.</param>
/// <param name="CpuMicroseconds">Of a message, while it was sampled; more than otherwise.</param>
internal sealed record PerfSample(IReadOnlyList<ProfileRow> Rows, long Count, double CpuMicroseconds)
{
    // With fewer, a share of a half is known to no better than 7 in 100, twice the standard deviation of it.
    private const int Enough = 200;

    public bool IsEnough => Count >= Enough;

    /// <returns>NaN where nothing was sampled.</returns>
    public double Share(CodeOwner owner) => Rows.Count == 0 ? double.NaN : Rows.Where(row => row.Owner == owner).Sum(row => row.Share);

    /// <summary>The function of the published file that takes most.</summary>
    public ProfileRow? LargestOfOurs =>
        Rows.Where(row => row.Owner == CodeOwner.File).OrderByDescending(row => row.Share).Cast<ProfileRow?>().FirstOrDefault();
}
