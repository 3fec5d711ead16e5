using System.Text.Json;
using WsAot.Metrics;
using WsAot.Routing;

namespace WsAot.Dashboard;

/// <summary>A route: totals since the start, and times of its handler in milliseconds (-1 if none was measured).</summary>
/// <param name="route">The route.</param>
/// <param name="pendingBytes">The output that waits for the peers of its connections.</param>
internal sealed class RouteRow(WsRoute route, long pendingBytes) : DashboardAnswer
{
    private readonly Histogram _handlerTime = new();
    private long _opened;
    private long _ending;
    private long _dropped;
    private FrameCount _received;
    private FrameCount _sent;

    /// <summary>Adds the counters of one loop.</summary>
    public void Add(ref readonly RouteCounters counters)
    {
        // Read before the opened connections, so that the sums never show more ended than opened.
        _ending += Volatile.Read(in counters.Ending);
        _opened += Volatile.Read(in counters.Opened);
        _dropped += Volatile.Read(in counters.Dropped);
        // The opcodes of text (1) and binary (2).
        for (int kind = 1; kind <= 2; kind++)
        {
            _received += counters.Received[kind];
            _sent += counters.Sent[kind];
        }

        if (Volatile.Read(in counters.HandlerTime) is { } time) _handlerTime.Add(time);
    }

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "route"u8, route.Options.Template);
        Write(json, "open"u8, _opened - _ending);
        Write(json, "opened"u8, _opened);
        Write(json, "messagesIn"u8, _received.Count);
        Write(json, "messagesOut"u8, _sent.Count);
        Write(json, "bytesIn"u8, _received.Bytes);
        Write(json, "bytesOut"u8, _sent.Bytes);
        Write(json, "dropped"u8, _dropped);
        Write(json, "pendingBytes"u8, pendingBytes);
        Write(json, "median"u8, _handlerTime.QuantileMs(0.5));
        Write(json, "p99"u8, _handlerTime.QuantileMs(0.99));
        json.WriteEndObject();
    }
}
