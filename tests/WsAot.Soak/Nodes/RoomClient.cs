using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WsAot.Soak.Nodes;

/// <summary>
/// A client of one room that does what docs/reference/topics.md says. It reconnects to another node now and then, stops reading for a
/// while, and sometimes stays away for longer than the room keeps messages.
/// </summary>
internal sealed class RoomClient
{
    private const int MaxFaults = 10;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private readonly NodeSet _nodes;
    private readonly string _topic;
    private readonly Random _random;
    private readonly CancellationToken _stop;
    private readonly List<(long After, long Before)> _told = [];
    private long _epoch;
    private bool _isCalm;

    public RoomClient(NodeSet nodes, string room, int seed, CancellationToken stop)
    {
        (_nodes, _topic, _random, _stop) = (nodes, "rooms/" + room, new Random(seed), stop);
        Running = Task.Run(RunAsync, CancellationToken.None);
    }

    public Task Running { get; }

    /// <summary>The messages that it has received, by offset. Read them only after it has ended; the count at any time.</summary>
    public Dictionary<long, string> Heard { get; } = [];

    /// <summary>The offset at which it subscribed.</summary>
    public long Begin { get; private set; } = -1;

    public long LastOffset { get; private set; }

    public int Connections { get; private set; }

    /// <summary>How often it was told that messages were lost.</summary>
    public int Gaps => _told.Count;

    /// <summary>How often it subscribed again because of a gap.</summary>
    public int Repairs { get; private set; }

    /// <summary>The first things that went wrong.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>From now on, it stays connected and reads everything.</summary>
    public void CalmDown() => Volatile.Write(ref _isCalm, true);

    /// <summary>Returns the confirmed messages that it should have but does not, and other errors in its messages.</summary>
    public List<string> Compare(RoomLedger ledger) => ledger.Compare(Begin, Heard, _told);

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync();
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or HttpRequestException)
            {
                // A node was stopped, or is not running yet.
            }
            catch (Exception exception)
            {
                Blame(exception.ToString());
            }

            await PauseAsync(!_isCalm && _random.Next(20) == 0 ? _random.Next(12_000, 25_000) : _random.Next(50, 500));
        }
    }

    private async Task PauseAsync(int ms)
    {
        for (int left = ms; left > 0 && !Volatile.Read(ref _isCalm) && !_stop.IsCancellationRequested; left -= 50) await Task.Delay(50);
        if (Volatile.Read(ref _isCalm)) await Task.Delay(100);
    }

    private async Task ConnectAsync()
    {
        using var socket = new ClientWebSocket();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(_nodes.Choose(_random), patience.Token);
        Connections++;
        // It stays connected until then; a calm client stays to the end.
        DateTime leaving = DateTime.UtcNow + (s_longest * _random.NextDouble());
        await AskAsync(socket);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        while (!_stop.IsCancellationRequested && (Volatile.Read(ref _isCalm) || DateTime.UtcNow < leaving))
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(_stop);
            silence.CancelAfter(TimeSpan.FromSeconds(30));
            buffer.ResetWrittenCount();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.GetMemory(16 * 1024), silence.Token);
                buffer.Advance(part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return;
            if (!Take(buffer.WrittenMemory)) return;
            if (!Volatile.Read(ref _isCalm) && _random.Next(400) == 0) await Task.Delay(_random.Next(1000, 6000), _stop);
        }

        if (_random.Next(2) == 0) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    private Task AskAsync(ClientWebSocket socket)
    {
        string since = Begin < 0
            ? "\"now\""
            : string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\":{_epoch},\"offset\":{LastOffset}}}");
        string call = $$$"""{"jsonrpc":"2.0","id":1,"method":"$/subscribe","params":{"topic":"{{{_topic}}}","since":{{{since}}}}}""";
        return socket.SendAsync(Encoding.UTF8.GetBytes(call), WebSocketMessageType.Text, endOfMessage: true, _stop);
    }

    /// <returns>False if the connection is no longer useful.</returns>
    private bool Take(ReadOnlyMemory<byte> message)
    {
        using JsonDocument document = JsonDocument.Parse(message);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("error", out JsonElement error))
        {
            // The store is not available: another node may reach it.
            if (error.GetProperty("code").GetInt32() is not -32006) Blame(error.GetRawText());
            return false;
        }

        if (root.TryGetProperty("result", out JsonElement result))
        {
            Begins(result);
            return true;
        }

        string? method = root.GetProperty("method").GetString();
        if (method == "$/unsubscribed") return false;
        if (!root.TryGetProperty("offset", out JsonElement offset)) return true;
        string text = root.GetProperty("params")[1].GetString()!;
        return Hear(offset.GetInt64(), root.GetProperty("before").GetInt64(), text);
    }

    private void Blame(string fault)
    {
        if (Faults.Count < MaxFaults) Faults.Add(fault);
    }

    private void Begins(JsonElement result)
    {
        long epoch = result.GetProperty("epoch").GetInt64(), offset = result.GetProperty("offset").GetInt64();
        bool isRecovered = result.GetProperty("recovered").GetBoolean();
        if (Begin < 0) Begin = offset;
        else if (epoch != _epoch) Blame("another epoch");
        else if (!isRecovered && offset < LastOffset) Blame($"not recovered from {LastOffset}, but from {offset}");
        else if (!isRecovered) _told.Add((LastOffset, offset));
        else if (offset != LastOffset) Blame($"recovered from {offset}, not {LastOffset}");
        (_epoch, LastOffset) = (epoch, Math.Max(offset, LastOffset));
    }

    private bool Hear(long offset, long before, string text)
    {
        if (offset <= LastOffset)
        {
            Blame($"{offset} after {LastOffset}");
            return true;
        }

        if (before != LastOffset)
        {
            // Messages were dropped: subscribe again from the last one.
            Repairs++;
            if (before == 0) _told.Add((LastOffset, offset - 1));
            else return false;
        }

        if (!Heard.TryAdd(offset, text)) Blame($"{offset} twice");
        LastOffset = offset;
        return true;
    }
}
