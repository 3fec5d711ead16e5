namespace WsAot.Logging;

/// <summary>The latest logged refusals, for the dashboard. Any thread.</summary>
internal sealed class RecentRefusals(TimeProvider time)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<Refusal> _refusals = new(Kept);

    public void Add(string request, string remoteEndPoint, int statusCode, string reason, string? option)
    {
        var refusal = new Refusal(time.GetUtcNow(), request, remoteEndPoint, statusCode, reason, option);
        lock (_lock)
        {
            if (_refusals.Count == Kept) _refusals.Dequeue();
            _refusals.Enqueue(refusal);
        }
    }

    /// <summary>All refusals that are kept, the latest first.</summary>
    public Refusal[] Read()
    {
        Refusal[] refusals;
        lock (_lock) refusals = _refusals.ToArray();
        Array.Reverse(refusals);
        return refusals;
    }

    /// <summary>A request that was refused.</summary>
    internal sealed class Refusal(
        DateTimeOffset time, string request, string remoteEndPoint, int statusCode, string reason, string? option)
    {
        public DateTimeOffset Time => time;

        public string Request => request;

        public string RemoteEndPoint => remoteEndPoint;

        public int StatusCode => statusCode;

        public string Reason => reason;

        /// <summary>The option that decides it; null if there is none.</summary>
        public string? Option => option;
    }
}
