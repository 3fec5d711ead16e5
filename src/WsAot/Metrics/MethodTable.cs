using System.Text;

namespace WsAot.Metrics;

/// <summary>
/// The methods of a route that were called on one loop. A name that the route does not declare is not counted here, so clients cannot make
/// the table grow. Only one loop writes; any thread reads.
/// </summary>
internal sealed class MethodTable
{
    private MethodCounters[] _methods = [];
    private MethodCounters? _last;

    /// <summary>The counters of all methods that were called.</summary>
    public MethodCounters[] All => Volatile.Read(ref _methods);

    /// <summary>The counters of a method of the route.</summary>
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
