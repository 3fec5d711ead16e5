using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class TopicAnalyzerTests
{
    private const string Declarations = JsonUsings + """
        [JsonRpcClient, WsTopic("chat/{room}")] public interface IRoom { void Said(string text); }
        [JsonRpcClient, WsTopic("prices/{id:int}/{at:guid}")] public interface IPrice { void Changed(int price); }
        [JsonRpcClient] public interface IPlain { void Said(string text); }
        [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int))] public partial class AppJson : JsonSerializerContext;

        """;

    [Fact]
    public async Task WSA046_interfaces_that_declare_no_topics()
    {
        var reported = await Check(JsonUsings + """
            [WsTopic("a")] public interface {|WSA046:IBare|} { void Said(string text); }
            public interface IBase { Task Asked(); }
            [JsonRpcClient, WsTopic("b")] public interface {|WSA046:IAsking|} : IBase
            {
                Task<int> {|WSA046:Ask|}();
                ValueTask<int> {|WSA046:AskAgain|}();
                void Said(string text);
                ValueTask Kept(string text);
                ValueTask<WsTopicPosition> Placed(string text);
                ValueTask {|WSA026:Taken|}(CancellationToken cancel);
            }
            """);
        Assert.Equal(
            [
                "Change 'Ask': let it return void, ValueTask or ValueTask<WsTopicPosition>: a topic has no single answer",
                "Change 'AskAgain': let it return void, ValueTask or ValueTask<WsTopicPosition>: a topic has no single answer",
                "Change 'Asked': let it return void, ValueTask or ValueTask<WsTopicPosition>: a topic has no single answer",
                "Change 'IBare': mark it [JsonRpcClient], too: its methods are the topic's messages",
                "Change 'Taken': remove the CancellationToken: a published message cannot be cancelled",
            ],
            reported.Select(static report => report.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "it has an empty segment; the name of a topic begins and ends without '/', and has no '//' in it")]
    [InlineData("/a", "it has an empty segment; the name of a topic begins and ends without '/', and has no '//' in it")]
    [InlineData("a{b}", "'a{b}' is neither text nor a value; a value is a segment of its own, '{name}' or '{name:int}'")]
    [InlineData("{a}{b}", "'{a}{b}' is neither text nor a value; a value is a segment of its own, '{name}' or '{name:int}'")]
    [InlineData("{*rest}", "'*rest' is not the name of a C# parameter")]
    [InlineData("{}", "'' is not the name of a C# parameter")]
    [InlineData("{a:date}", "'{a:date}' has an unknown type; it can be one of string, int, long, guid")]
    [InlineData("{a:int:long}", "'{a:int:long}' has an unknown type; it can be one of string, int, long, guid")]
    public async Task WSA009_templates_that_no_topic_has(string template, string problem)
    {
        var reported = await Check(JsonUsings + $$"""
            [JsonRpcClient, WsTopic({|WSA009:"{{template}}"|})] public interface IRoom { void Said(string text); }
            """);
        Assert.Equal($"Correct the template '{template}': {problem}", Assert.Single(reported).GetMessage(null));
    }

    [Fact]
    public Task WSA008_and_WSA009_a_value_twice_and_a_name_that_is_too_long() => Check(JsonUsings + $$"""
        [JsonRpcClient, WsTopic({|WSA008:"{a}/b/{a}"|})] public interface IOne { void Said(string text); }
        [JsonRpcClient, WsTopic({|WSA009:"{{new string('x', 254)}}/{a}"|})] public interface ITwo { void Said(string text); }
        [JsonRpcClient, WsTopic("{{new string('x', 253)}}/{a}")] public interface IThree { void Said(string text); }
        """);

    [Fact]
    public async Task WSA015_what_a_topic_keeps_out_of_range()
    {
        var reported = await Check(JsonUsings + """
            [JsonRpcClient, WsTopic("a", History = {|WSA015:100_001|}, HistorySeconds = {|WSA015:0|}, HistoryBytes = {|WSA015:-1|},
                Presence = true, MaxPresent = {|WSA015:0|})]
            public interface IOne { void Said(string text); }
            [JsonRpcClient, WsTopic("a", History = 100_000, HistorySeconds = 2_592_000, HistoryBytes = 1_073_741_824, Presence = true,
                MaxPresent = 100_000)]
            public interface ITwo { void Said(string text); }
            """);
        Assert.Contains("Correct MaxPresent: it can be 1 to 100000", reported.Select(static report => report.GetMessage(null)));
    }

    [Fact]
    public async Task WSA049_options_that_need_another_one()
    {
        var reported = await Check(JsonUsings + """
            [JsonRpcClient, WsTopic("a", HistorySeconds = {|WSA049:60|}, HistoryBytes = {|WSA049:1000|}, MaxPresent = {|WSA049:5|})]
            public interface IOne { void Said(string text); }
            [JsonRpcClient, WsTopic("b", History = 0, HistorySeconds = {|WSA049:600|}, Presence = false, MaxPresent = {|WSA049:1000|})]
            public interface ITwo { void Said(string text); }
            [JsonRpcClient, WsTopic("c", History = 1, HistorySeconds = 60, HistoryBytes = 1000, Presence = true, MaxPresent = 5)]
            public interface IThree { void Said(string text); }
            [JsonSerializable(typeof(string))] public partial class AppJson : JsonSerializerContext;
            [WsRoute("/1", Json = typeof(AppJson), MaxTopics = {|WSA049:5|}, MaxSubscribesPerSecond = {|WSA049:5|})]
            public class One { [JsonRpcMethod] public void Do() { } }
            [WsRoute("/2", Json = typeof(AppJson), MaxTopics = 5, MaxSubscribesPerSecond = 5, Topics = [typeof(IThree)])] public class Two;
            """);
        Assert.Contains(
            "Set History, or remove HistorySeconds: it has no effect without History",
            reported.Select(static report => report.GetMessage(null)));
    }

    [Fact]
    public async Task WSA047_what_a_route_cannot_offer()
    {
        var reported = await Check(Declarations + """
            [JsonRpcClient, WsTopic("chat/{name}")] public interface IOther { void Said(string text); }
            [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IRoom), {|WSA047:typeof(IPlain)|}])] public class One;
            [WsRoute("/2", Json = typeof(AppJson), Topics = new[] { typeof(IRoom), {|WSA047:typeof(IRoom)|} })] public class Two;
            [WsRoute("/3", Json = typeof(AppJson), Topics = [typeof(IRoom), {|WSA047:typeof(IOther)|}])] public class Three;
            [WsRoute("/4", Json = typeof(AppJson), Topics = [typeof(IRoom), {|WSA047:typeof(string)|}])] public class Four;
            """);
        Assert.Equal(
            [
                "Change the Topics of 'Four': 'string' is not an interface marked [WsTopic]",
                "Change the Topics of 'One': 'IPlain' is not an interface marked [WsTopic]",
                "Change the Topics of 'Three': the templates of 'IOther' ('chat/{name}') and 'IRoom' ('chat/{room}') match the same names",
                "Change the Topics of 'Two': 'IRoom' is listed twice",
            ],
            reported.Select(static report => report.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WSA048_methods_that_do_not_fit_their_topic()
    {
        var reported = await Check(Declarations + """
            [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IRoom), typeof(IPrice)])] public class One
            {
                [OnSubscribe] public bool {|WSA048:None|}() => true;
                [OnSubscribe] public bool {|WSA048:Plain|}(IPlain topic) => true;
                [OnSubscribe] public bool Room(IRoom topic, string {|WSA048:name|}) => true;
                [OnSubscribe] public bool {|WSA048:Again|}(IRoom topic, string room) => true;
                [OnSubscribe] public bool Price(IPrice topic, string {|WSA048:id|}, Guid at) => true;
            }
            """);
        Assert.Equal(
            [
                "Change 'Again': remove it, or 'Room': both decide about 'IRoom'",
                "Change 'None': let its first parameter be an interface that the Topics of the [WsRoute] list",
                "Change 'Plain': let its first parameter be an interface that the Topics of the [WsRoute] list",
                "Change 'Price': take 'id' as int, which it is in 'prices/{id}/{at}'; '{id:int}' in [WsTopic] makes it an int",
                "Change 'Room': rename 'name': the values of 'chat/{room}' are 'room'",
            ],
            reported.Select(static report => report.GetMessage(null)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task WSA011_WSA016_WSA017_and_WSA018_for_methods_that_cannot_be_asked() => Check(Declarations + """
        [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IRoom)])] public class One
        {
            [OnSubscribe] public Task {|WSA011:Room|}(IRoom topic) => Task.CompletedTask;
        }
        [WsRoute("/2", Json = typeof(AppJson), Topics = [typeof(IRoom)])] public class Two
        {
            [OnSubscribe] public Task<bool>? {|WSA011:Room|}(IRoom topic) => null;
        }
        [WsRoute("/3", Json = typeof(AppJson), Topics = [typeof(IRoom)])] public class Three
        {
            [OnSubscribe] public static bool {|WSA016:Room|}(IRoom topic) => true;
        }
        [WsRoute("/4", Json = typeof(AppJson), Topics = [typeof(IRoom)])] public class Four
        {
            [OnSubscribe] private bool {|WSA017:Room|}(IRoom topic) => true;
        }
        public class Nobody { [OnSubscribe] public bool {|WSA018:Room|}(IRoom topic) => true; }
        """);

    [Fact]
    public Task WSA022_and_WSA023_the_context_of_a_route_with_topics() => Check(Declarations + """
        [JsonSerializable(typeof(int))] public partial class OtherJson : JsonSerializerContext;
        [WsRoute("/1", Topics = [typeof(IRoom)])] public class {|WSA022:One|};
        [WsRoute("/2", Json = typeof(OtherJson), Topics = [typeof(IRoom)])] public class {|WSA023:Two|};
        """);

    [Fact]
    public Task Nothing_is_wrong_with_two_routes_of_a_class_that_offer_different_topics() => Check(Declarations + """
        [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IRoom)])]
        [WsRoute("/2", Json = typeof(AppJson), Topics = [typeof(IPrice)])]
        public class One(WsTopic<IRoom> rooms, WsServer server, IPlain client)
        {
            [OnOpen] public void Opened() => client.Said("x");
            [OnSubscribe] public bool Room(IRoom topic, string room) => true;
            [OnSubscribe] public ValueTask<bool> Price(IPrice topic, CancellationToken closed, Guid at, int id) => new(true);
            [JsonRpcMethod] public void Say(string text)
            {
                rooms.Of("a").Said(text);
                server.Topic<IPrice>(PriceTopics.NameOf(1, Guid.Empty)).Changed(1);
            }
        }
        """);
}
