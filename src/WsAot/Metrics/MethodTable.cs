using System.Text;

namespace WsAot.Metrics;

/// <summary>
/// The methods of a route that were called on one loop. There are as many as the route declares: a name that it does not know is not
/// counted here. Only one loop writes; any thread reads.
/// </summary>
internal sealed class MethodTable
{
    private MethodCounters[] _methods = [];
    private MethodCounters? _last;

    /// <summary>All of them.</summary>
    public MethodCounters[] All => Volatile.Read(ref _methods);

    /// <summary>The counters of a method that the route has.</summary>
    public MethodCounters Of(ReadOnlySpan<byte> name) => _last is { } last && last.Has(name) ? last : Find(name);

    private MethodCounters Find(ReadOnlySpan<byte> name)
    {
        foreach (MethodCounters method in _methods)
        {
            if (method.Has(name)) return _last = method;
        }

        var counters = new MethodCounters(Encoding.UTF8.GetString(name));
        Volatile.Write(ref _methods, [.. _methods, counters]);
        return _last = counters;
    }
}
