using Microsoft.CodeAnalysis;
using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>Several [WsRoute] on one class.</summary>
public class SeveralRoutesTests
{
    private const string Source = JsonUsings + """
        namespace My
        {
            [WsRoute("/chat/{room}"), WsRoute("/v2/{version}/{room}", MaxMessageBytes = 5, Subprotocols = ["v2"])]
            public partial class Chat(WsConnection connection, string room, int version = 1)
            {
                [OnText] public void Said(string text) => connection.Send($"{room} {version} {text}");
            }
            [JsonRpcClient] public interface IScreen { void Show(string text); }
            [WsRoute("/rpc", Json = typeof(AppJson))] public partial class Rpc(IScreen screen)
            {
                [JsonRpcMethod] public int Sum(int[] numbers) { screen.Show("sum"); return numbers.Length; }
            }
            [WsRoute("/rpc/v2", Json = typeof(AppJson), MaxBatchLength = 7)] public partial class Rpc;
            [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int))]
            public partial class AppJson : JsonSerializerContext;
        }
        """;

    [Fact]
    public void Each_is_a_route_with_its_own_template_and_options()
    {
        WsRouteTable table = LoadedRoutes.Load(Source);
        Assert.Equal(
            [("/chat/{room}", "My.Chat", 0), ("/rpc", "My.Rpc", 0), ("/rpc/v2", "My.Rpc", 0), ("/v2/{version}/{room}", "My.Chat", 5)],
            table.Routes.Select(static route => (route.Options.Template, route.Options.HandlerName, route.Options.MaxMessageBytes)));
        Assert.Equal([0, 0, 7, 0], table.Routes.Select(static route => route.Options.MaxBatchLength));
        Assert.Equal("/v2/{version}/{room}", table.Match("/v2/3/lobby"));
    }

    [Fact]
    public void Each_binds_the_values_of_its_own_template()
    {
        using var routes = new RunningRoutes(Source);
        Assert.Equal(["lobby 1 a"], routes.Open("/chat/lobby").Say("a"));
        Assert.Equal(["lobby 3 a"], routes.Open("/v2/3/lobby").Say("a"));
        Assert.Contains("\"result\":2", routes.Open("/rpc").Say(Sum)[^1], StringComparison.Ordinal);
        Assert.Contains("\"result\":2", routes.Open("/rpc/v2").Say(Sum)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_is_described()
    {
        string list = GeneratorRun.Describe("routes", Source);
        Assert.Equal(
            ["ROUTE", "/chat/{room}", "/rpc", "Sum(numbers:", "/rpc/v2", "Sum(numbers:", "/v2/{version}/{room}"],
            list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim().Split(' ')[0]));
        string client = GeneratorRun.Describe("typescript", Source);
        Assert.Contains("path: \"/rpc\",", client, StringComparison.Ordinal);
        Assert.Contains("path: \"/rpc/v2\",", client, StringComparison.Ordinal);
        Assert.Equal(3, client.Split(" extends RpcClient {").Length);
        Assert.Contains("\"/rpc/v2#Sum\"", GeneratorRun.Describe("openrpc", Source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_one_template_does_not_have_is_reported_with_that_template()
    {
        Diagnostic[] reported = await Analysis.Check(Usings + """
            [WsRoute("/a/{room}"), WsRoute("/b")] public class Chat(string {|WSA006:room|})
            {
                [OnText] public async void {|WSA020:Said|}(string text) => await Task.Yield();
            }
            """);
        Diagnostic unbound = reported.Single(static report => report.Id == "WSA006");
        Assert.Contains("the template '/b' has none", unbound.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task The_same_template_twice_is_a_conflict() => Analysis.Check(Usings + """
        [WsRoute({|WSA010:"/a/{x}"|}), WsRoute({|WSA010:"/a/{x}"|})] public class Chat(string x) { [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public void The_same_template_twice_is_generated_once() =>
        Assert.Single(LoadedRoutes.Load(Usings + """
            [WsRoute("/a"), WsRoute("/a")] public class Chat { [OnOpen] public void Opened() { } }
            """).Routes);

    private const string Sum = """{"jsonrpc":"2.0","id":1,"method":"Sum","params":[[1,2]]}""";
}
