using System.Text;

namespace WsAot.Metrics;

/// <summary>
/// The methods of a route that were called on one loop. There are as many as the route declares: a name that it does not know is not
/// counted here. Only one loop writes; any thread reads.
/// </summary>
internal sealed class MethodTable
{
    private (byte[] Name, MethodCounters Counters)[] _methods = [];
    private int _last;

    /// <summary>All of them.</summary>
    public (byte[] Name, MethodCounters Counters)[] All => Volatile.Read(ref _methods);

    /// <summary>The counters of a method that the route has.</summary>
    public MethodCounters Of(ReadOnlySpan<byte> name)
    {
        (byte[] Name, MethodCounters Counters)[] methods = _methods;
        if (_last < methods.Length && name.SequenceEqual(methods[_last].Name)) return methods[_last].Counters;
        for (int i = 0; i < methods.Length; i++)
        {
            if (!name.SequenceEqual(methods[i].Name)) continue;
            _last = i;
            return methods[i].Counters;
        }

        var counters = new MethodCounters(Encoding.UTF8.GetString(name));
        Volatile.Write(ref _methods, [.. methods, (name.ToArray(), counters)]);
        return counters;
    }
}
