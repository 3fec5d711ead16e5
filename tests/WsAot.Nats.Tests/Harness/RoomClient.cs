using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WsAot.Nats.Tests.Harness;

/// <summary>
/// A client as docs/reference/topics.md wants it: it connects again, says the last message that it has, and asks again when it sees a gap.
/// Each time it connects to another server.
/// </summary>
internal sealed class RoomClient : IAsyncDisposable
{
    private readonly Func<Uri> _nextServer;
    private readonly string _topic;
    private readonly List<string> _texts = [];
    private readonly SortedDictionary<string, string> _present = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _epoch;
    private long _offset;
    private long _version;
    private bool _isWaiting;

    public RoomClient(string room, Func<Uri> nextServer)
    {
        (_topic, _nextServer) = ("rooms/" + room, nextServer);
        _running = Task.Run(RunAsync);
    }

    public string Name { get; init; } = "";

    /// <summary>What was said, in the order in which it came.</summary>
    public string[] Texts
    {
        get
        {
            lock (_texts) return [.. _texts];
        }
    }

    /// <summary>The users that are there, in their order.</summary>
    public string[] Present
    {
        get
        {
            lock (_texts) return [.. _present.Values.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>How often it has heard that something is gone.</summary>
    public int Losses { get; private set; }

    /// <summary>How often it has seen a gap, and asked again.</summary>
    public int Gaps { get; private set; }

    /// <summary>How often it was answered.</summary>
    public int Answers { get; private set; }

    public async Task ReadyAsync() => await Wait.UntilAsync(() => Answers > 0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                patience.CancelAfter(TimeSpan.FromSeconds(10));
                await socket.ConnectAsync(_nextServer(), patience.Token);
                await SubscribeAsync(socket);
                await ReadAsync(socket);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task SubscribeAsync(ClientWebSocket socket)
    {
        _isWaiting = true;
        string since = _epoch == 0 ? "" : $$$""","since":{"epoch":{{{_epoch}}},"offset":{{{_offset}}}}""";
        string call = $$$"""{"jsonrpc":"2.0","id":1,"method":"$/subscribe","params":{"topic":"{{{_topic}}}"{{{since}}},"presence":true}}""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(call), WebSocketMessageType.Text, true, _stop.Token);
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[1024 * 1024];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close) return;
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (!OnMessage(json.RootElement)) await SubscribeAsync(socket);
        }
    }

    /// <returns>False if it has to ask again.</returns>
    private bool OnMessage(JsonElement message)
    {
        lock (_texts)
        {
            if (message.TryGetProperty("error", out JsonElement error))
            {
                // Unavailable: it asks again.
                Thread.Sleep(50);
                return error.GetProperty("code").GetInt32() == 0;
            }

            if (message.TryGetProperty("result", out JsonElement result))
            {
                OnAnswer(result);
                return true;
            }

            return message.GetProperty("method").GetString() switch
            {
                "$/presence" => OnPresence(message.GetProperty("params")),
                "$/unsubscribed" => false,
                _ => OnSaid(message),
            };
        }
    }

    private void OnAnswer(JsonElement result)
    {
        if (_epoch != 0 && !result.GetProperty("recovered").GetBoolean()) Losses++;
        _epoch = result.GetProperty("epoch").GetInt64();
        _offset = result.GetProperty("offset").GetInt64();
        _isWaiting = false;
        Answers++;
    }

    private bool OnPresence(JsonElement change)
    {
        if (_isWaiting) return true;
        long version = change.GetProperty("version").GetInt64();
        if (change.TryGetProperty("present", out JsonElement present))
        {
            _version = version;
            _present.Clear();
            foreach (JsonElement member in present.EnumerateArray()) Add(member);
            return true;
        }

        if (version <= _version) return true;
        if (version != _version + 1) return false;
        _version = version;
        foreach (JsonElement id in change.GetProperty("left").EnumerateArray()) _present.Remove(id.GetString()!);
        foreach (JsonElement member in change.GetProperty("joined").EnumerateArray()) Add(member);
        return true;
    }

    private bool OnSaid(JsonElement message)
    {
        long offset = message.GetProperty("offset").GetInt64();
        if (_isWaiting || offset <= _offset) return true;
        if (message.GetProperty("before").GetInt64() != _offset)
        {
            Gaps++;
            return false;
        }

        _offset = offset;
        _texts.Add(message.GetProperty("params").EnumerateArray().Last().GetString()!);
        return true;
    }

    private void Add(JsonElement member) => _present[member.GetProperty("id").GetString()!] = member.GetProperty("user").GetString()!;
}
