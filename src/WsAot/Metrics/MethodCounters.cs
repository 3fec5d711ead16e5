namespace WsAot.Metrics;

/// <summary>What is counted of the calls of one method. Only one loop writes; any thread reads.</summary>
internal sealed class MethodCounters(string name)
{
    public string Name => name;

    /// <summary>The calls that have ended with a result.</summary>
    public long Succeeded { get; private set; }

    /// <summary>The calls that have ended with an error.</summary>
    public long Failed { get; private set; }

    /// <summary>How long they took.</summary>
    public Histogram Time { get; } = new();

    public void CountEnded(bool isSucceeded)
    {
        if (isSucceeded) Succeeded++;
        else Failed++;
    }
}
