using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Describing;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests;

/// <summary>Snapshots of the code generated for topics.</summary>
public class TopicSnapshotTests
{
    internal const string Source = TestCompilation.JsonUsings + """
        namespace MyApp;

        [JsonRpcClient, WsTopic("chat/{room}", History = 100, HistorySeconds = 60, Presence = true, MaxPresent = 50)]
        public interface IChatRoom { void Said(string who, string text); }

        [JsonRpcClient, WsTopic("prices/{topics:int}/of/{day:guid}", History = 1)]
        public interface IPrice
        {
            void Changed(int price);
            ValueTask Closed(int price);
            ValueTask<WsTopicPosition> Opened(int price);
        }

        [JsonRpcClient, WsTopic("news")]
        internal interface INews { void Said(string text); }

        public static class Outer { [JsonRpcClient, WsTopic("outer/{class}")] public interface INews { void Said(string text); } }

        [WsRoute("/rpc", Json = typeof(AppJson), Topics = [typeof(IChatRoom), typeof(IPrice), typeof(INews), typeof(Outer.INews)],
            MaxTopics = 10, MaxSubscribesPerSecond = 5)]
        public sealed class Api(WsTopic<IChatRoom> rooms)
        {
            [OnSubscribe] public ValueTask<bool> MayHear(IChatRoom topic, string room, CancellationToken closed) => new(room != "secret");
            [OnSubscribe] public bool MaySee(IPrice topic, Guid day) => day != default;
            [OnSubscribe] internal Task<bool> MayRead(INews topic) => Task.FromResult(true);
            [JsonRpcMethod] public void Say(string room, string text, WsConnection connection)
            {
                rooms.Of(room).Said("somebody", text);
                rooms.OthersOf(room, connection).Said("somebody", text);
            }
        }

        [WsRoute("/prices", Json = typeof(AppJson), Topics = [typeof(IPrice)])]
        public sealed class Prices;

        [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """;

    [Fact]
    public void Topics_of_a_route_and_who_may_subscribe() => Snapshot.Match(GeneratorRun.Generate(Source));

    [Fact]
    public void The_OpenRPC_document() => Snapshot.Match(GeneratorRun.Describe("openrpc", Source), "json");

    [Fact]
    public void The_table_of_routes() => Snapshot.Match(GeneratorRun.Describe("routes", Source), "txt");

    /// <summary>Without what all clients and all topics run on.</summary>
    [Fact]
    public void The_TypeScript_file()
    {
        string file = GeneratorRun.Describe("typescript", Source);
        int runtime = file.IndexOf(TypeScriptEmitter.RuntimeHead, StringComparison.Ordinal);
        int topics = file.IndexOf(TypeScriptEmitter.TopicsHead, StringComparison.Ordinal);
        int clients = file.IndexOf(TypeScriptEmitter.ClientsHead, StringComparison.Ordinal);
        Assert.InRange(topics, runtime, clients);
        Snapshot.Match(file[..runtime] + file[clients..], "ts");
    }

    [Fact]
    public void Names_of_topics_from_their_values()
    {
        CSharpCompilation compilation = TestCompilation.Create(Source);
        GeneratorDriver driver = GeneratorRun.CreateDriver(compilation).RunGenerators(compilation);
        Snapshot.Match(driver.GetRunResult().Results[0].GeneratedSources
            .Single(static file => file.HintName == WsRouteGenerator.TopicFileName).SourceText.ToString());
    }
}
