namespace WsAot.Bench.Profiling;

/// <summary>The samples that perf took of a busy server.</summary>
/// <param name="Rows">Its functions, by their share of the time.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="CpuMicroseconds">The CPU time of a message while perf ran; more than without it.</param>
internal sealed record PerfSample(IReadOnlyList<ProfileRow> Rows, long Count, double CpuMicroseconds)
{
    // With 200 samples, twice the standard deviation of a share of one half is 7 in 100. Fewer are not exact enough.
    private const int Enough = 200;

    public bool IsEnough => Count >= Enough;

    /// <returns>NaN if there are no samples.</returns>
    public double Share(CodeOwner owner) => Rows.Count == 0 ? double.NaN : Rows.Where(row => row.Owner == owner).Sum(row => row.Share);

    /// <summary>The function of the published file that takes the most time.</summary>
    public ProfileRow? LargestOfOurs =>
        Rows.Where(row => row.Owner == CodeOwner.File).OrderByDescending(row => row.Share).Cast<ProfileRow?>().FirstOrDefault();
}
