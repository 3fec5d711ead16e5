using System.Text;

namespace WsAot.Metrics;

/// <summary>What is counted of the calls of one method. Only one loop writes; any thread reads.</summary>
internal sealed class MethodCounters(string name)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    /// <summary>The calls that have ended with a result.</summary>
    public long Succeeded { get; private set; }

    /// <summary>The calls that have ended with an error.</summary>
    public long Failed { get; private set; }

    /// <summary>How long they took.</summary>
    public Histogram Time { get; } = new();

    /// <summary>Whether it is the method with that name.</summary>
    public bool Has(ReadOnlySpan<byte> utf8Name) => utf8Name.SequenceEqual(_utf8Name);

    public void CountEnded(bool isSucceeded)
    {
        if (isSucceeded) Succeeded++;
        else Failed++;
    }
}
