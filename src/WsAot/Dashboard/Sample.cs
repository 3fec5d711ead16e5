using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>
/// The measurements of one second. Rates are per second, times are in milliseconds, and a time is -1 if nothing was measured.
/// </summary>
internal sealed class Sample : DashboardAnswer
{
    public required long TimeMs { get; init; }

    public required int Connections { get; init; }

    public required double MessagesIn { get; init; }

    public required double MessagesOut { get; init; }

    public required double BytesIn { get; init; }

    public required double BytesOut { get; init; }

    public required double Median { get; init; }

    public required double P99 { get; init; }

    public required double LoopUse { get; init; }

    public required double BusiestLoop { get; init; }

    public required double LongestDelay { get; init; }

    public required long ResidentBytes { get; init; }

    public required long HeapBytes { get; init; }

    public required long PendingBytes { get; init; }

    public required double Refusals { get; init; }

    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Write(json, "timeMs"u8, TimeMs);
        Write(json, "connections"u8, Connections);
        Write(json, "messagesIn"u8, MessagesIn);
        Write(json, "messagesOut"u8, MessagesOut);
        Write(json, "bytesIn"u8, BytesIn);
        Write(json, "bytesOut"u8, BytesOut);
        Write(json, "median"u8, Median);
        Write(json, "p99"u8, P99);
        Write(json, "loopUse"u8, LoopUse);
        Write(json, "busiestLoop"u8, BusiestLoop);
        Write(json, "longestDelay"u8, LongestDelay);
        Write(json, "residentBytes"u8, ResidentBytes);
        Write(json, "heapBytes"u8, HeapBytes);
        Write(json, "pendingBytes"u8, PendingBytes);
        Write(json, "refusals"u8, Refusals);
        json.WriteEndObject();
    }
}
