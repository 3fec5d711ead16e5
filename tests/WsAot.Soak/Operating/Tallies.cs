using System.Collections.Concurrent;

namespace WsAot.Soak.Operating;

/// <summary>The counts of all clients. Any thread.</summary>
internal sealed class Tallies
{
    public long NotFound;
    public long Options;

    public Tally Echo { get; } = new("/echo");

    public Tally Rpc { get; } = new("/rpc");

    /// <summary>The route that abusers use, too, so the server must count at least as much as the clients.</summary>
    public Tally Chat { get; } = new("/chat/{room}");

    /// <summary>Answered calls by <c>method</c> and <c>outcome</c>, as the metrics name them.</summary>
    public ConcurrentDictionary<(string Method, string Outcome), long> Calls { get; } = new();

    /// <summary>Calls that were answered without running a method, by the code of the error.</summary>
    public ConcurrentDictionary<int, long> RefusedCalls { get; } = new();
}
