using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The route /rpc: JSON-RPC 2.0, spoken by packages that others wrote.</summary>
public abstract class RpcTests(PublishedApp app, string transport)
{
    [RequiresFact(Tool.Node)]
    public async Task The_package_json_rpc_2_0_calls_notifies_batches_streams_cancels_and_is_asked_back()
    {
        JsonElement verdict = await RunAsync("json-rpc-2.0.mjs");
        Expect(verdict, "sum", "6");
        Expect(verdict, "byName", "0.25");
        Expect(verdict, "byDefault", "7");
        Expect(
            verdict,
            "errors",
            """
            [
              {"code":1,"message":"Division by zero","data":1},
              {"code":-32601,"message":"Method not found"},
              {"code":-32602,"message":"Invalid params","data":"'numbers' has the wrong type"},
              {"code":-32602,"message":"Invalid params","data":"'numbers' is missing"},
              {"code":-32602,"message":"Invalid params","data":"'message' has the wrong type at $.who"},
              {"code":-32602,"message":"Invalid params","data":"'message' has the wrong type"},
              {"code":2,"message":"Overflow"},
              {"code":-32602,"message":"A delay is 0 to 3600000 ms"},
              {"code":-32602,"message":"An interval is at least 1 ms"}
            ]
            """);
        Expect(verdict, "greeting", "\"Hello, Ann!\"");
        Expect(verdict, "heard", """[["Ann: only me","Ann: café 😀","Ann: in a batch"],["Ann: café 😀"]]""");
        Expect(verdict, "order", """["quick","slow"]""");
        Expect(
            verdict,
            "batch",
            """
            [
              {"jsonrpc":"2.0","result":3,"id":"a"},
              {"jsonrpc":"2.0","result":"b","id":"b"},
              {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"c"}
            ]
            """);
        Expect(verdict, "inBatch", "\"Ann: in a batch\"");
        Expect(verdict, "stream", "null");
        Expect(verdict, "ticks", """[["ticks",1,true],["ticks",2,true],["ticks",3,true]]""");
        Expect(verdict, "cancelled", """{"code":-32800,"message":"Request cancelled"}""");
    }

    [RequiresFact(Tool.Node)]
    public async Task The_package_rpc_websockets_calls_notifies_and_hears()
    {
        JsonElement verdict = await RunAsync("rpc-websockets.mjs");
        Expect(verdict, "sum", "6");
        Expect(verdict, "byName", "0.25");
        Expect(
            verdict,
            "errors",
            """
            [
              {"code":1,"message":"Division by zero","data":1},
              {"code":-32601,"message":"Method not found"},
              {"code":-32602,"message":"Invalid params","data":"there is no parameter 'number'"},
              {"code":-32601,"message":"Method not found"},
              {"code":-32601,"message":"Method not found"}
            ]
            """);
        Expect(verdict, "stream", "null");
        Expect(verdict, "ticks", "[[8,1],[8,2]]");
        Expect(verdict, "together", """["a","b",5]""");
        Expect(verdict, "heard", """[["Ann","x"]]""");
        Expect(verdict, "undisturbed", "\"undisturbed\"");
        Expect(verdict, "closed", "1000");
    }

    private async Task<JsonElement> RunAsync(string script)
    {
        await using ServerProcess server = await app.StartAsync("--transport", transport);
        JsonElement verdict = await ClientScript.RunAsync(script, server.Url + "/rpc");
        await server.StopAsync();
        return verdict;
    }

    private static void Expect(JsonElement verdict, string name, string json) =>
        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(json), verdict.GetProperty(name)),
            $"{name} is {verdict.GetProperty(name).GetRawText()}, not {json}.");
}

[Collection(PublishedFile.Name)]
public sealed class EpollRpcTests(PublishedApp app) : RpcTests(app, "epoll");

[Collection(PublishedFile.Name)]
public sealed class SocketsRpcTests(PublishedApp app) : RpcTests(app, "sockets");
