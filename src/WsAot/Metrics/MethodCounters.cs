using System.Text;

namespace WsAot.Metrics;

/// <summary>The counters of one JSON-RPC method. Only one loop writes; any thread reads.</summary>
internal sealed class MethodCounters(string name)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    /// <summary>Calls that ended with a result.</summary>
    public long Succeeded { get; private set; }

    /// <summary>Calls that ended with an error.</summary>
    public long Failed { get; private set; }

    /// <summary>How long the calls took.</summary>
    public Histogram Time { get; } = new();

    /// <summary>Whether the method has this name.</summary>
    public bool Has(ReadOnlySpan<byte> utf8Name) => utf8Name.SequenceEqual(_utf8Name);

    public void CountEnded(bool isSucceeded)
    {
        if (isSucceeded) Succeeded++;
        else Failed++;
    }
}
