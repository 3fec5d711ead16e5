using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc;

/// <summary>A server, a client at <c>/rpc</c>, and what they say to each other.</summary>
public abstract partial class RpcTests : IDisposable
{
    protected RpcTests()
        : this(null)
    {
    }

    private protected RpcTests(Action<WsServerOptions>? configure)
    {
        Server = new TestServer(configure);
        Client = Server.Open("/rpc");
    }

    private protected TestServer Server { get; }

    private protected TestClient Client { get; }

    private protected RpcScript Script => Server.Script.Rpc;

    public void Dispose()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What one message is answered with, byte for byte; the answer may be written with spaces, "" stands for none.</summary>
    private protected void Expect(string message, string answer)
    {
        Client.Say(message);
        ExpectAnswer(answer);
        Client.ExpectNothing();
    }

    private protected void ExpectAnswer(string answer)
    {
        if (answer.Length > 0) Assert.Equal(Compact(answer), WithoutReasons(Client.NextText()));
    }

    /// <summary>Without the sentences that say why a message is no call: <see cref="ReasonTests"/> has them.</summary>
    private protected static string WithoutReasons(string answers) => Reason().Replace(answers, "$1}");

    /// <summary>A call by name, with an id; and its result.</summary>
    private protected void ExpectResult(string method, string parameters, string result) =>
        Expect(Request(method, parameters), $$"""{"jsonrpc":"2.0","result":{{result}},"id":1}""");

    private protected void ExpectError(string method, string parameters, int code, string message, string? data = null) =>
        Expect(Request(method, parameters), Error(code, message, "1", data));

    private protected static string Request(string method, string parameters = "[]", string id = "1") =>
        $$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}},"id":{{id}}}""";

    private protected static string Notification(string method, string parameters = "[]") =>
        $$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""";

    private protected static string Result(string result, string id = "1") => $$"""{"jsonrpc":"2.0","result":{{result}},"id":{{id}}}""";

    private protected static string Error(int code, string message, string id, string? data = null)
    {
        string member = data is null ? "" : ",\"data\":" + data;
        return $$"""{"jsonrpc":"2.0","error":{"code":{{code}},"message":"{{message}}"{{member}}},"id":{{id}}}""";
    }

    [GeneratedRegex("""("message":"(?:Invalid Request|Parse error)"),"data":"[^"]*"}""")]
    private static partial Regex Reason();

    /// <summary>Without the spaces between tokens: those inside of strings stay.</summary>
    private static string Compact(string json) =>
        json.Contains(" \"", StringComparison.Ordinal) ? JsonNode.Parse(json)!.ToJsonString() : json;
}
