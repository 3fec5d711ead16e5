using System.Text;
using System.Text.Json;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>Makes JSON-RPC calls with all outcomes, and counts each by its answer.</summary>
internal sealed class CallVisitor(OperatingLoad load, ServerAddress server, Random random) : IVisitor
{
    // A method, its parameters, and the expected error code; 0: a result.
    private static readonly (string Method, string Parameters, int Code)[] s_calls =
    [
        ("Sum", "[[1,2,3]]", 0),
        ("Divide", "[6,3]", 0),
        ("Divide", "[6,0]", 1),
        ("Divide", "[\"six\"]", InvalidParams),
        ("Later", "{\"text\":\"later\",\"delayMs\":30}", 0),
        ("Say", "[{\"who\":\"me\",\"text\":\"hello\"}]", 0),
        ("Nothing", "[]", MethodNotFound),
    ];

    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;

    public async Task VisitAsync(CancellationToken patience)
    {
        using CountingClient client = await CountingClient.ConnectAsync(server, "/rpc", load.Tallies.Rpc, false, patience);
        int calls = 1 + random.Next(60);
        for (int id = 1; id <= calls && !load.IsEnding; id++)
        {
            (string method, string parameters, int code) = s_calls[random.Next(s_calls.Length)];
            string call = $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";
            await client.SendAsync(Opcode.Text, Encoding.UTF8.GetBytes(call), patience);
            if (await ReadAnswerAsync(client, id, patience) is not { } answered) return;
            if (answered != code) load.Faults.Add($"{method}{parameters} was answered with {answered}, not {code}");
            Count(method, answered);
            await load.PauseAsync(random.Next(40));
        }

        load.Note(await client.CloseAsync(patience));
    }

    private void Count(string method, int code)
    {
        if (code is MethodNotFound or InvalidParams)
        {
            load.Tallies.RefusedCalls.AddOrUpdate(code, 1, static (_, count) => count + 1);
            return;
        }

        load.Tallies.Calls.AddOrUpdate((method, code == 0 ? "ok" : "error"), 1, static (_, count) => count + 1);
    }

    /// <returns>The code of the error; 0: a result; null: the connection has ended.</returns>
    private async Task<int?> ReadAnswerAsync(CountingClient client, int id, CancellationToken patience)
    {
        while (true)
        {
            Incoming incoming = await client.ReceiveAsync(patience);
            if (incoming.IsEnd)
            {
                load.Note(client.OnEnd(incoming));
                return null;
            }

            using JsonDocument answer = JsonDocument.Parse(incoming.Payload);
            // The server's own notifications may come in between.
            if (!answer.RootElement.TryGetProperty("id", out JsonElement answered)) continue;
            if (answered.GetInt32() != id) load.Faults.Add($"call {id} was answered as {answered}");
            return answer.RootElement.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetInt32() : 0;
        }
    }
}
