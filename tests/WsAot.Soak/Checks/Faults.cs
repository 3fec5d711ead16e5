namespace WsAot.Soak.Checks;

/// <summary>The faults found: all are counted, and the first ones are kept. Any thread.</summary>
internal sealed class Faults
{
    private const int Kept = 50;

    private readonly List<string> _first = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> First
    {
        get
        {
            lock (_first) return [.. _first];
        }
    }

    public void Add(string fault)
    {
        lock (_first)
        {
            Count++;
            if (_first.Count < Kept) _first.Add(fault);
        }
    }
}
