using System.Text.Json;

namespace WsAot.Dashboard;

/// <summary>What was seen in one second. Rates are a second's, times are milliseconds, and a time is -1 if nothing was measured.</summary>
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
        json.WriteNumber("timeMs"u8, TimeMs);
        json.WriteNumber("connections"u8, Connections);
        json.WriteNumber("messagesIn"u8, MessagesIn);
        json.WriteNumber("messagesOut"u8, MessagesOut);
        json.WriteNumber("bytesIn"u8, BytesIn);
        json.WriteNumber("bytesOut"u8, BytesOut);
        json.WriteNumber("median"u8, Median);
        json.WriteNumber("p99"u8, P99);
        json.WriteNumber("loopUse"u8, LoopUse);
        json.WriteNumber("busiestLoop"u8, BusiestLoop);
        json.WriteNumber("longestDelay"u8, LongestDelay);
        json.WriteNumber("residentBytes"u8, ResidentBytes);
        json.WriteNumber("heapBytes"u8, HeapBytes);
        json.WriteNumber("pendingBytes"u8, PendingBytes);
        json.WriteNumber("refusals"u8, Refusals);
        json.WriteEndObject();
    }
}
