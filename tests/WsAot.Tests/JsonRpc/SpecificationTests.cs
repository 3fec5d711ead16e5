namespace WsAot.Tests.JsonRpc;

/// <summary>The examples of the JSON-RPC 2.0 specification (section 7), in its order and with its comments as names.</summary>
public sealed class SpecificationTests : RpcTests
{
    [Fact]
    public void Rpc_call_with_positional_parameters()
    {
        Expect(
            """{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 1}""");
        Expect(
            """{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}""",
            """{"jsonrpc": "2.0", "result": -19, "id": 2}""");
    }

    [Fact]
    public void Rpc_call_with_named_parameters()
    {
        Expect(
            """{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 3}""");
        Expect(
            """{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}""",
            """{"jsonrpc": "2.0", "result": 19, "id": 4}""");
    }

    [Fact]
    public void A_notification()
    {
        Expect("""{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}""", "");
        Expect("""{"jsonrpc": "2.0", "method": "foobar"}""", "");
        Assert.Equal(["open", "update 1 2 3 4 5"], Server.Journal);
    }

    [Fact]
    public void Rpc_call_of_non_existent_method() => Expect(
        """{"jsonrpc": "2.0", "method": "foobar", "id": "1"}""",
        """{"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"}""");

    [Fact]
    public void Rpc_call_with_invalid_JSON() => Expect(
        """{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]""",
        """{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}""");

    [Fact]
    public void Rpc_call_with_invalid_request_object() => Expect(
        """{"jsonrpc": "2.0", "method": 1, "params": "bar"}""",
        """{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}""");

    [Fact]
    public void Rpc_call_batch_invalid_JSON() => Expect(
        """
        [
          {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
          {"jsonrpc": "2.0", "method"
        ]
        """,
        """{"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null}""");

    [Fact]
    public void Rpc_call_with_an_empty_array() => Expect(
        "[]",
        """{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}""");

    [Fact]
    public void Rpc_call_with_an_invalid_batch_but_not_empty() => Expect(
        "[1]",
        """
        [
          {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}
        ]
        """);

    [Fact]
    public void Rpc_call_with_invalid_batch() => Expect(
        "[1,2,3]",
        """
        [
          {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
          {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
          {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}
        ]
        """);

    [Fact]
    public void Rpc_call_batch()
    {
        Expect(
            """
            [
              {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
              {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
              {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
              {"foo": "boo"},
              {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
              {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
            ]
            """,
            """
            [
              {"jsonrpc": "2.0", "result": 7, "id": "1"},
              {"jsonrpc": "2.0", "result": 19, "id": "2"},
              {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
              {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
              {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}
            ]
            """);
        Assert.Equal(["open", "hello 7"], Server.Journal);
    }

    [Fact]
    public void Rpc_call_batch_all_notifications()
    {
        Expect(
            """
            [
              {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
              {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
            ]
            """,
            "");
        Assert.Equal(["open", "sum 7", "hello 7"], Server.Journal);
    }
}
