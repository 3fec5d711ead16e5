using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>The generated client proxies, compiled and served.</summary>
public class ProxyTests
{
    private const string Source = TestCompilation.JsonUsings + """
        public sealed record Point(int X, string? Name = null);
        public interface IBase<T> { void Inherited(T value); }

        [JsonRpcClient]
        public interface IClient : IBase<(int A, int B)>
        {
            void Said(string @class, int message, Point? point = null);
            [JsonRpcMethod("client/ask")] Task<string> Ask(int number, CancellationToken cancellationToken = default);
            ValueTask<Point> GetPoint();
            Task Done();
        }

        [WsRoute("/rpc", Json = typeof(Json))]
        public sealed class Handler(IClient client, WsTopic<IClient> topic)
        {
            [OnOpen] public void Opened(WsConnection connection) => connection.Subscribe("all");
            [JsonRpcMethod] public void Notify() { client.Said("a", 1); client.Said("b", 2, new Point(3)); client.Inherited((4, 5)); }
            [JsonRpcMethod] public async Task<string> Ask()
            {
                Point point = await client.GetPoint();
                await client.Done();
                return await client.Ask(point.X) + point.Name;
            }
            [JsonRpcMethod] public void Tell() => topic["all"].Said("all", 1);
        }

        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof((int, int)))]
        [JsonSourceGenerationOptions(IncludeFields = true)]
        public sealed partial class Json : JsonSerializerContext;
        """;

    private static readonly Lazy<RunningRoutes> s_routes = new(static () => new RunningRoutes(Source));

    [Fact]
    public void A_void_method_is_a_notification()
    {
        RunningClient client = s_routes.Value.Open("/rpc");
        Assert.Equal(
            [
                """{"jsonrpc":"2.0","method":"Said","params":["a",1,null]}""",
                """{"jsonrpc":"2.0","method":"Said","params":["b",2,{"X":3,"Name":null}]}""",
                """{"jsonrpc":"2.0","method":"Inherited","params":[{"Item1":4,"Item2":5}]}""",
            ],
            client.Say("""{"jsonrpc":"2.0","method":"Notify"}"""));
    }

    [Fact]
    public void A_method_with_a_task_is_a_request_that_the_client_answers()
    {
        RunningClient client = s_routes.Value.Open("/rpc");
        Assert.Contains(
            "\"method\":\"GetPoint\"",
            Answer(client.Say("""{"jsonrpc":"2.0","method":"Ask","id":1}"""), out string id),
            StringComparison.Ordinal);
        Assert.Contains("\"method\":\"Done\"", Answer(client.Say(Result(id, """{"X":7,"Name":"!"}""")), out id), StringComparison.Ordinal);
        string ask = Answer(client.Say(Result(id, "null")), out id);
        Assert.Contains("\"method\":\"client/ask\"", ask, StringComparison.Ordinal);
        Assert.Contains("\"params\":[7]", ask, StringComparison.Ordinal);
        Assert.Contains("\"result\":\"seven!\"", Assert.Single(client.Say(Result(id, "\"seven\""))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_reaches_all_of_its_subscribers()
    {
        RunningClient one = s_routes.Value.Open("/rpc"), two = s_routes.Value.Open("/rpc");
        string[] toOne = one.Say("""{"jsonrpc":"2.0","method":"Tell"}""");
        const string Said = """{"jsonrpc":"2.0","method":"Said","params":["all",1,null]}""";
        Assert.Equal([Said], two.Take());
        Assert.Contains(toOne, static message => message == Said);
    }

    private static string Answer(string[] messages, out string id)
    {
        string request = Assert.Single(messages);
        using var json = System.Text.Json.JsonDocument.Parse(request);
        id = json.RootElement.GetProperty("id").GetRawText();
        return request;
    }

    private static string Result(string id, string result) => $$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""";
}
