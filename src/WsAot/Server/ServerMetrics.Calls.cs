using System.Globalization;
using WsAot.Metrics;
using WsAot.Routing;

namespace WsAot.Server;

/// <summary>Calls of JSON-RPC methods.</summary>
internal sealed partial class ServerMetrics
{
    private void CollectCalls(MetricSink sink)
    {
        sink.Begin(MetricFamilies.Calls);
        foreach (WsRoute route in Routes)
        {
            foreach (MethodSum sum in SumMethods(route))
            {
                sink.Add(sum.Succeeded, NameOf(route), sum.Method, "ok");
                sink.Add(sum.Failed, NameOf(route), sum.Method, "error");
            }
        }

        sink.Begin(MetricFamilies.CallsRefused);
        foreach (WsRoute route in Routes)
        {
            var codes = new AnswerCounts();
            foreach (ServerLoop loop in Loops)
            {
                if (Volatile.Read(in loop.Handshakes.SettingsOf(route).Counters.RefusedCalls) is { } one) codes.Add(one);
            }

            for (int i = 0; i < codes.Count; i++)
            {
                sink.Add(codes[i].Answers, NameOf(route), codes[i].Status.ToString(CultureInfo.InvariantCulture));
            }
        }

        sink.Begin(MetricFamilies.CallTime);
        foreach (WsRoute route in Routes)
        {
            foreach (MethodSum sum in SumMethods(route)) sink.Add(sum.Time, NameOf(route), sum.Method);
        }
    }

    private List<MethodSum> SumMethods(WsRoute route)
    {
        var sums = new List<MethodSum>();
        foreach (ServerLoop loop in Loops)
        {
            if (Volatile.Read(in loop.Handshakes.SettingsOf(route).Counters.Methods) is not { } methods) continue;
            foreach (MethodCounters counters in methods.All)
            {
                MethodSum? sum = sums.Find(known => known.Method == counters.Name);
                if (sum is null) sums.Add(sum = new MethodSum(counters.Name));
                sum.Succeeded += counters.Succeeded;
                sum.Failed += counters.Failed;
                sum.Time.Add(counters.Time);
            }
        }

        return sums;
    }

    private sealed class MethodSum(string method)
    {
        public string Method => method;

        public long Succeeded { get; set; }

        public long Failed { get; set; }

        public Histogram Time { get; } = new();
    }
}
