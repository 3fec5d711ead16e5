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
        Assert.Equal(
            [
                "Mark 'Forgotten' or a type derived from it with [WsRoute]: nothing calls 'Text'",
                "Mark 'Unused' or a type derived from it with [WsRoute]: nothing calls 'Opened'",
                "Mark a class in place of the struct 'Value' with [WsRoute]: nothing calls 'Pong'",
                "Mark the method of a handler that implements 'Closed' of 'IHandler' with [OnClose]: nothing calls 'Closed'",
            ],
            reported.Select(static diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WSA018_an_event_that_is_marked_only_in_an_interface_of_its_handler()
    {
        var reported = await Check(Usings + """
            public interface IChat
            {
                [OnText] void Said(string text);
                [OnOpen] void Opened();
                [OnClose] void Closed();
                [OnPong] void {|WSA018:Answered|}() { }
                [OnUpgrade] static abstract WsUpgrade Check();
            }
            public class Base { public virtual void {|WSA018:Opened|}() { } public virtual void Closed() { } }
            [WsRoute("/")] public class Chat : Base, IChat
            {
                public void {|WSA018:Said|}(string text) { }
                [OnClose] public override void Closed() { }
                [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept();
            }
            """);
        Assert.Equal(
            [
                "Mark 'Opened' in 'Base' with [OnOpen]: nothing calls 'Opened'",
                "Mark 'Said' in 'Chat' with [OnText]: nothing calls 'Said'",
                "Mark an implementation of 'Answered' in 'Chat' with [OnPong]: nothing calls 'Answered'",
            ],
            reported.Select(static diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task WSA018_not_where_the_handler_marks_an_override_of_what_its_base_implements() => Check(JsonUsings + """
        public interface ICalculator { [JsonRpcMethod] int Negate(int number); }
        public class Base : ICalculator { public virtual int Negate(int number) => 0; }
        [WsRoute("/", Json = typeof(Json))] public class Handler : Base
        {
            [JsonRpcMethod] public override int Negate(int number) => -number;
        }
        [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
        """);

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
