using System.Text.Json;
using WsAot.Nats.Tests.Harness;

namespace WsAot.Nats.Tests.Contract;

/// <summary>A JSON-RPC client of <see cref="Handlers.Halls"/>.</summary>
internal sealed class HallClient(TestClient client) : IAsyncDisposable
{
    private int _lastId;

    /// <summary>Who is there, by their ids, as docs/reference/topics.md says that a client knows it.</summary>
    public SortedDictionary<string, string> Present
    {
        get
        {
            var present = new SortedDictionary<string, string>(StringComparer.Ordinal);
            long version = -1;
            foreach (JsonElement change in Messages.Where(static message => Is(message, "$/presence")).Select(ParametersOf))
            {
                long next = change.GetProperty("version").GetInt64();
                if (change.TryGetProperty("present", out JsonElement all))
                {
                    present.Clear();
                    foreach (JsonElement member in all.EnumerateArray()) Add(present, member);
                    version = next;
                }
                else if (next > version)
                {
                    Assert.Equal(version + 1, next);
                    foreach (JsonElement id in change.GetProperty("left").EnumerateArray()) Assert.True(present.Remove(id.GetString()!));
                    foreach (JsonElement member in change.GetProperty("joined").EnumerateArray()) Add(present, member);
                    version = next;
                }
            }

            return present;
        }
    }

    private IEnumerable<JsonElement> Messages => client.Received.Select(static text => JsonSerializer.Deserialize<JsonElement>(text));

    public static async Task<HallClient> OpenAsync(WsServer server, string name = "guest") =>
        new(await TestClient.ConnectAsync(new Uri($"{server.Urls[0]}/halls?name={name}")));

    /// <summary>Asks for a topic.</summary>
    /// <returns>The error's code; 0: it is answered.</returns>
    public async Task<int> SubscribeAsync(string topic, bool presence = false) =>
        CodeOf(await CallAsync("$/subscribe", $$"""{"topic":"{{topic}}","presence":{{(presence ? "true" : "false")}}}"""));

    /// <summary>Asks for a topic with presence.</summary>
    /// <returns>Which of those who are there it is.</returns>
    public async Task<string> JoinAsync(string topic)
    {
        JsonElement answer = await CallAsync("$/subscribe", $$"""{"topic":"{{topic}}","presence":true}""");
        return answer.GetProperty("result").GetProperty("member").GetString()!;
    }

    /// <summary>Says something to the others in a hall.</summary>
    /// <returns>The number of the message.</returns>
    public async Task<long> SayToOthersAsync(string hall, string text) =>
        (await CallAsync("SayToOthers", $$"""["{{hall}}","{{text}}"]""")).GetProperty("result").GetInt64();

    /// <summary>Waits until a message has come.</summary>
    /// <param name="method">What it is called.</param>
    /// <param name="offset">Its number.</param>
    public Task HearsAsync(string method, long offset) => Wait.UntilAsync(
        () => Messages.Any(message => Is(message, method) && message.GetProperty("offset").GetInt64() == offset),
        () => string.Join('\n', client.Received));

    /// <summary>Asks for a topic that has messages.</summary>
    /// <returns>The place of the answer, and what the first message says of the one before it.</returns>
    public async Task<(long Answered, long Before)> BeginAsync(string topic)
    {
        JsonElement answer = await CallAsync("$/subscribe", $$"""{"topic":"{{topic}}"}""");
        await Wait.UntilAsync(() => Messages.Any(IsOfTopic), () => string.Join('\n', client.Received));
        long before = Messages.First(IsOfTopic).GetProperty("before").GetInt64();
        return (answer.GetProperty("result").GetProperty("offset").GetInt64(), before);

        bool IsOfTopic(JsonElement message) => message.TryGetProperty("topic", out JsonElement name) && name.GetString() == topic;
    }

    public Task UnsubscribeAsync(string topic) => CallAsync("$/unsubscribe", $$"""{"topic":"{{topic}}"}""");

    /// <summary>Asks for many topics at once.</summary>
    /// <returns>The answers.</returns>
    public async Task<JsonElement[]> SubscribeAllAsync(string[] topics)
    {
        int first = _lastId + 1;
        foreach (string topic in topics) await client.SayAsync(Call("$/subscribe", $$"""{"topic":"{{topic}}"}"""));
        return await Task.WhenAll(Enumerable.Range(first, topics.Length).Select(AnswerAsync));
    }

    public static int CodeOf(JsonElement answer) =>
        answer.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetInt32() : 0;

    /// <summary>Waits until these are there.</summary>
    public Task SeesAsync(params string[] ids) => Wait.UntilAsync(
        () => Present.Keys.SequenceEqual(ids.Order(StringComparer.Ordinal)), () => string.Join('\n', client.Received));

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static void Add(SortedDictionary<string, string> present, JsonElement member) =>
        present.Add(member.GetProperty("id").GetString()!, member.GetProperty("user").GetString()!);

    private static bool Is(JsonElement message, string method) =>
        message.TryGetProperty("method", out JsonElement name) && name.GetString() == method;

    private static JsonElement ParametersOf(JsonElement message) => message.GetProperty("params");

    private async Task<JsonElement> CallAsync(string method, string parameters)
    {
        await client.SayAsync(Call(method, parameters));
        return await AnswerAsync(_lastId);
    }

    private string Call(string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":{{++_lastId}},"method":"{{method}}","params":{{parameters}}}""";

    private async Task<JsonElement> AnswerAsync(int id)
    {
        await Wait.UntilAsync(() => Messages.Any(IsAnswer), () => string.Join('\n', client.Received));
        return Messages.First(IsAnswer);

        bool IsAnswer(JsonElement message) => message.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id;
    }
}
