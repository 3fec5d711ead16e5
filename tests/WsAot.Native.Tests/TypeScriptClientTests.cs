using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The client in TypeScript that the published file prints: that it compiles as users have it, and what it does.</summary>
[Collection(PublishedFile.Name)]
public sealed class TypeScriptClientTests(PublishedApp app)
{
    // Compiled once for all tests that run it.
    private static Task<string>? s_compiled;

    [RequiresFact(Tool.Node)]
    public async Task It_compiles_and_in_node_calls_streams_cancels_and_survives_a_restart()
    {
        string folder = await (s_compiled ??= CompileAsync());
        await using ServerProcess first = await app.StartAsync();
        await using ClientScript client = await ClientScript.StartAsync(Path.Combine(folder, "node.js"), first.Url);
        await client.WaitForAsync("ready");
        await first.StopAsync();
        await client.WaitForAsync("lost");
        await using ServerProcess second = await ServerProcess.StartAsync(app.File, ["--urls", first.Url], PublishedApp.NewWorkingFolder());
        JsonElement verdict = await client.VerdictAsync();
        await second.StopAsync();

        Expect(
            verdict,
            "calls",
            """
            {
              "first": { "state": "connecting", "sum": 6, "then": "open" },
              "many": true,
              "optional": [7, 0.25, 7],
              "error": { "name": "RpcError", "code": 1, "message": "Division by zero", "data": 1 },
              "greeting": "Hello, Ann!"
            }
            """);
        Expect(verdict, "heard", """["Ann: only me", "Ann: café 😀", "Ann: again"]""");
        Expect(
            verdict,
            "streams",
            """
            {
              "whole": [1, 2, 3],
              "begun": [1, 2],
              "breakAnswer": { "code": -32800, "message": "Request cancelled" },
              "aborted": { "name": "TimeoutError" },
              "abortAnswer": { "code": -32800, "message": "Request cancelled" }
            }
            """);
        Expect(
            verdict,
            "cancels",
            """
            {
              "aborted": { "name": "TimeoutError" },
              "answer": { "code": -32800, "message": "Request cancelled" },
              "before": { "name": "AbortError" }
            }
            """);
        Expect(
            verdict,
            "restart",
            """
            {
              "losses": [{ "name": "RpcConnectionError", "closeCode": 1001 }, { "name": "RpcConnectionError", "closeCode": 1001 }],
              "givenUp": { "name": "TimeoutError" },
              "waited": 42,
              "sentTwice": 0
            }
            """);
        Expect(
            verdict,
            "closed",
            """[{ "name": "RpcConnectionError", "closeCode": 1000 }, { "name": "RpcConnectionError", "closeCode": 1000 }]""");
        string[] states = verdict.Strings("states");
        Assert.Equal(["open", "waiting 1001", "connecting"], states[..3]);
        Assert.Equal(["open", "closed 1000"], states[^2..]);
    }

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task It_calls_streams_cancels_and_survives_a_restart_in_a_browser()
    {
        string folder = await (s_compiled ??= CompileAsync());
        await using ServerProcess first = await app.StartAsync();
        await using ClientScript browser = await ClientScript.StartAsync("described.mjs", first.HttpUrl + "/", Tools.Chromium, folder);
        await browser.WaitForAsync("ready");
        await first.StopAsync();
        await browser.WaitForAsync("lost");
        await using ServerProcess second = await ServerProcess.StartAsync(app.File, ["--urls", first.Url], PublishedApp.NewWorkingFolder());
        JsonElement verdict = await browser.VerdictAsync();
        await second.StopAsync();

        Expect(verdict, "state", "\"open\"");
        Expect(
            verdict,
            "calls",
            """
            [
              "sum: 6", "greet: Hello, Ann!", "RpcError: Division by zero", "TimeoutError", "RpcConnectionError 1001",
              "sum, when the server was back: 42"
            ]
            """);
        Expect(verdict, "ticks", """["tick 1", "tick 2", "tick 3", "left at 2"]""");
        Expect(verdict, "heard", """["Ann: <b>café</b> 😀"]""");
        Expect(verdict, "problems", "[]");
    }

    [RequiresFact(Tool.Node)]
    public async Task Its_streams_end_in_every_way_and_the_server_hears_of_it_at_once()
    {
        string folder = await (s_compiled ??= CompileAsync());
        await using ServerProcess server = await app.StartAsync();
        JsonElement verdict = await ClientScript.RunAsync(Path.Combine(folder, "streams.js"), server.Url);
        await server.StopAsync();
        Expect(verdict, "unhandled", "[]");
        Expect(verdict, "stillComing", "0");
        Expect(verdict, "cases", "16");
    }

    [RequiresFact(Tool.Node)]
    public async Task It_keeps_a_connection_whatever_comes()
    {
        string folder = await (s_compiled ??= CompileAsync());
        JsonElement verdict = await ClientScript.RunAsync(Path.Combine(folder, "connection.js"));
        Expect(verdict, "unhandled", "[]");
        Expect(verdict, "cases", "26");
    }

    [RequiresFact(Tool.Node)]
    public async Task Its_topics_come_back_recover_see_gaps_and_know_who_is_there()
    {
        string folder = await (s_compiled ??= CompileAsync());
        JsonElement verdict = await ClientScript.RunAsync(
            Path.Combine(folder, "topics.js"), Path.Combine(Repository.Root, "docs", "reference", "topics.md"));
        Expect(verdict, "unhandled", "[]");
        Expect(verdict, "cases", "22");
    }

    [RequiresFact(Tool.Node)]
    public async Task It_survives_messages_that_are_none_and_answers_where_results_are_no_JSON()
    {
        string folder = await (s_compiled ??= CompileAsync());
        JsonElement verdict = await ClientScript.RunAsync(Path.Combine(folder, "hostile.js"));
        Expect(
            verdict,
            "noMessages",
            """
            [
              "TypeError: This is not a JSON-RPC message: null",
              "TypeError: This is not a JSON-RPC message: {\"result\":1}",
              "TypeError: This is not a JSON-RPC message: {\"id\":1,\"error\":null}"
            ]
            """);
        Expect(
            verdict,
            "afterThem",
            """
            {
              "sum": 6,
              "reports": ["TypeError: This is not a JSON-RPC message: null", "TypeError: This is not a JSON-RPC message: 7"],
              "calls": [{ "jsonrpc": "2.0", "method": "Sum", "params": [[1, 2, 3]], "id": 1 }]
            }
            """);
        Expect(
            verdict,
            "noResult",
            """
            {
              "answers": [{ "jsonrpc": "2.0", "id": "cyclic", "error": { "code": -32603, "message": "Internal error" } }],
              "reports": ["TypeError: Converting circular structure to JSON"]
            }
            """);
        Expect(
            verdict,
            "noData",
            """
            {
              "answers": [{ "jsonrpc": "2.0", "id": "data", "error": { "code": 5, "message": "no" } }],
              "reports": ["TypeError: Converting circular structure to JSON"]
            }
            """);
        Expect(verdict, "good", """{ "answers": [{ "jsonrpc": "2.0", "id": "good", "result": "Ann" }], "reports": [] }""");
    }

    // Beside the client of the published file, one whose types are of all kinds, and one with topics: the snapshots of tests of the
    // generator. They have not what all clients run on, which is the same here.
    private async Task<string> CompileAsync()
    {
        const string Start = "// What the clients run on.", Topics = "// What topics run on.", End = "// The clients.";
        string folder = Repository.EmptyFolder("described");
        string client = await app.DescribeAsync("typescript");
        string types = await File.ReadAllTextAsync(Path.Combine(Snapshots, "TypesTests.TypeScript.verified.ts"));
        string topics = await File.ReadAllTextAsync(Path.Combine(Snapshots, "..", "TopicSnapshotTests.The_TypeScript_file.verified.ts"));
        int end = client.IndexOf(Topics, StringComparison.Ordinal);
        if (end < 0) end = client.IndexOf(End, StringComparison.Ordinal);
        string runtime = client[client.IndexOf(Start, StringComparison.Ordinal)..end];
        string withTopics = runtime + await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "generators", "WsAot.Generators", "Describing", "topics.ts")) + "\n";
        await File.WriteAllTextAsync(Path.Combine(folder, "client.ts"), client);
        await File.WriteAllTextAsync(Path.Combine(folder, "types.ts"), types.Replace(End, runtime + End, StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "topic-client.ts"), topics.Replace(End, withTopics + End, StringComparison.Ordinal));

        JsonElement verdict = await ClientScript.RunAsync("typescript.mjs", folder);
        Assert.Empty(verdict.Strings("problems"));
        Assert.Equal(["client.ts", "topic-client.ts", "types.ts"], verdict.Strings("made"));
        return folder;
    }

    private static string Snapshots => Path.Combine(Repository.Root, "tests", "WsAot.Generators.Tests", "Describing");

    private static void Expect(JsonElement verdict, string name, string json) =>
        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(json), verdict.GetProperty(name)),
            $"{name} is {verdict.GetProperty(name).GetRawText()}, not {json}.");
}
