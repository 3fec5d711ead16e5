using Microsoft.CodeAnalysis;
using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class StrayEventAnalyzerTests
{
    [Fact]
    public async Task WSA018_an_event_method_that_no_handler_has()
    {
        var reported = await Check(Usings + """
            public class Forgotten { [OnText] public void {|WSA018:Text|}(string text) { } }
            internal abstract class Unused { [OnOpen] public void {|WSA018:Opened|}() { } }
            public interface IHandler { [OnClose] void {|WSA018:Closed|}(); }
            public struct Value { [OnPong] public void {|WSA018:Pong|}() { } }
            """);
        Assert.All(reported, static diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity));
    }

    [Fact]
    public Task WSA018_not_where_a_handler_derives_from_it() => Check(
        Usings + "internal abstract class Base<T> { [OnOpen] public void Opened() { } } internal class Middle : Base<int>;",
        Usings + """[WsRoute("/")] internal class Handler : Middle { [OnText] public void Text() { } }""",
        Usings + "public abstract class ForOthers { [OnOpen] public void Opened() { } }");

    [Fact]
    public async Task WSA018_a_method_of_JSON_RPC_that_nothing_calls()
    {
        var reported = await Check(Usings + """
            public class Forgotten { [JsonRpcMethod] public int {|WSA018:Sum|}(int[] numbers) => 0; }
            internal interface IForgotten { [JsonRpcMethod("said")] void {|WSA018:Said|}(string text); }
            """);
        Assert.Equal(
            [
                "Mark 'Forgotten' or a type derived from it with [WsRoute]: nothing calls 'Sum'",
                "Mark 'IForgotten' or a type derived from it with [JsonRpcClient]: nothing calls 'Said'",
            ],
            reported.Select(static diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WSA018_a_method_that_is_marked_only_in_an_interface_of_its_handler()
    {
        var reported = await Check(JsonUsings + """
            public interface ICalculator
            {
                [JsonRpcMethod] int Sum(int left, int right);
                [JsonRpcMethod] int Negate(int number);
                int Other();
            }
            internal interface IMore<T> { [JsonRpcMethod] T More(T value); [JsonRpcMethod] T {|WSA018:Default|}(T value) => value; }
            [WsRoute("/", Json = typeof(Json))] internal class Handler : ICalculator, IMore<int>, IClient
            {
                public int {|WSA018:Sum|}(int left, int right) => left + right;
                [JsonRpcMethod("negate")] public int Negate(int number) => -number;
                public int Other() => 1;
                int IMore<int>.{|WSA018:More|}(int value) => value;
                public void Said() { }
            }
            [JsonRpcClient] public interface IClient { [JsonRpcMethod("said")] void Said(); }
            [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
            """);
        Assert.Contains(
            "Mark 'Sum' in 'Handler' with [JsonRpcMethod]: nothing calls 'Sum'",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA018_not_where_a_handler_or_a_client_has_it() => Check(
        JsonUsings + """
            internal abstract class Base { [JsonRpcMethod] public void Ping() { } }
            [WsRoute("/", Json = typeof(Json))] internal class Handler(IClient client) : Base { public void Say() => client.Said(""); }
            internal interface IBase<T> { [JsonRpcMethod("said")] void Said(T text); }
            [JsonRpcClient] internal interface IClient : IBase<string>;
            public interface IForOthers { [JsonRpcMethod("said")] void Said(string text); }
            [JsonSerializable(typeof(string))] internal partial class Json : JsonSerializerContext;
            """);
}
