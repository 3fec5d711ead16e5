using System.Collections.Concurrent;

namespace WsAot.Soak.Operating;

/// <summary>What all clients have counted. Any thread.</summary>
internal sealed class Tallies
{
    public long NotFound;
    public long Options;

    public Tally Echo { get; } = new("/echo");

    public Tally Rpc { get; } = new("/rpc");

    /// <summary>The route that abusers use too: what clients have counted is the least that the server may have.</summary>
    public Tally Chat { get; } = new("/chat/{room}");

    /// <summary>Answered calls by <c>method</c> and <c>outcome</c>, as the metrics name them.</summary>
    public ConcurrentDictionary<(string Method, string Outcome), long> Calls { get; } = new();

    /// <summary>Calls that were answered without running a method, by the code of the error.</summary>
    public ConcurrentDictionary<int, long> RefusedCalls { get; } = new();
}
