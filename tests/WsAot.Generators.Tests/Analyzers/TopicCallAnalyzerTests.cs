using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class TopicCallAnalyzerTests
{
    private const string Declarations = JsonUsings + """
        [JsonRpcClient] public interface IBare { void Said(string text); }
        [JsonRpcClient(Json = typeof(AppJson))] public interface IOwn { void Heard(string text); }
        public interface IUnmarked { void Said(string text); }
        [JsonSerializable(typeof(string))] public partial class AppJson : JsonSerializerContext;
        [JsonSerializable(typeof(string))] public partial class OtherJson : JsonSerializerContext;

        """;

    private const string One = """
        [WsRoute("/1", Json = typeof(AppJson))] public class One(WsTopic<IBare> topic, IOwn own)
        {
            [JsonRpcMethod] public void Say() { topic["a"].Said("b"); own.Heard("c"); }
        }

        """;

    private const string Two = """
        [WsRoute("/2", Json = typeof(OtherJson))] public class Two(IBare client, IOwn own)
        {
            [JsonRpcMethod] public void Say() { client.Said("b"); own.Heard("c"); }
        }

        """;

    [Fact]
    public async Task WSA041_interfaces_without_a_proxy()
    {
        var reported = await Check(Declarations + Two + """
            public class News(WsServer server)
            {
                public void Tell() => server.Topic<{|WSA041:IUnmarked|}>("a").Said("x");
                public void TellText() => server.Topic<{|WSA041:string|}>("a");
            }
            """);
        Assert.Equal(
            [
                "Correct the call of Topic<IUnmarked>: 'IUnmarked' is not an interface marked [JsonRpcClient]",
                "Correct the call of Topic<string>: 'string' is not an interface marked [JsonRpcClient]",
            ],
            reported.Select(static report => report.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WSA041_an_interface_without_a_context_and_one_with_several()
    {
        const string News = """
            public class News(WsServer server) { public void Tell() => server.Topic<{|WSA041:IBare|}>("a").Said("x"); }
            """;
        Assert.Equal(
            "Correct the call of Topic<IBare>: no handler takes 'IBare'; name its JSON context: [JsonRpcClient(Json = typeof(...))]",
            Assert.Single(await Check(Declarations + News)).GetMessage(null));
        Assert.Equal(
            "Correct the call of Topic<IBare>: handlers take 'IBare' with different JSON contexts; "
                + "name its JSON context: [JsonRpcClient(Json = typeof(...))]",
            Assert.Single(await Check(Declarations + One + Two + News)).GetMessage(null));
    }

    [Fact]
    public Task WSA041_not_where_there_is_one() => Check(Declarations + One + """
        public class News(WsServer server, Other other)
        {
            public void Tell() { server.Topic<IBare>("a").Said("x"); server.Topic<IOwn>("a").Heard("x"); other.Topic<int>("a"); }
            public T Any<T>() where T : class => server.Topic<T>("a");
        }
        public class Other { public void Topic<T>(string topic) { } }
        """);

    [Fact]
    public Task WSA023_and_WSA029_for_the_context_that_an_interface_names() => Check(JsonUsings + """
        [JsonRpcClient(Json = typeof(AppJson))] public interface IOne { void Said({|WSA023:int[]|} numbers); }
        [JsonRpcClient(Json = {|WSA029:typeof(string)|})] public interface ITwo { void Said(string text); }
        [JsonSerializable(typeof(string))] public partial class AppJson : JsonSerializerContext;
        """);
}
