using System.Text.Json;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>Who may subscribe: what the server makes of the generated code.</summary>
public class SubscribeTests
{
    private const string Source = TestCompilation.JsonUsings + """
        namespace MyApp;
        [JsonRpcClient, WsTopic("a/{room}/{id:int}")] public interface IRoom { void Said(string text); }
        [JsonRpcClient, WsTopic("b/{at:guid}")] public interface IPrice { void Said(string text); }
        [JsonRpcClient, WsTopic("c/{n:long}")] public interface IOpen { void Said(string text); }
        [JsonRpcClient, WsTopic("d")] public interface IAny { void Said(string text); }
        public abstract class Base
        {
            [OnSubscribe] public virtual bool MayHear(IRoom topic, int id, string room)
            {
                topic.Said(room + id);
                return id != 0;
            }
        }
        [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IAny), typeof(IRoom), typeof(IPrice), typeof(IOpen)])]
        [WsRoute("/2", Json = typeof(AppJson), Topics = [typeof(IOpen)])]
        public sealed class Api : Base
        {
            [OnSubscribe] public Task<bool> MaySee(IPrice topic, Guid at) => Task.FromResult(at != Guid.Empty);
        }
        [JsonSerializable(typeof(string))] public partial class AppJson : JsonSerializerContext;
        """;

    [Theory]
    [InlineData("/1", "a/x/1", null)]
    [InlineData("/1", "a/x/0", -32002)]
    [InlineData("/1", "a/x/01", -32001)]
    [InlineData("/1", "a/x/+1", -32001)]
    [InlineData("/1", "a/x/2147483648", -32001)]
    [InlineData("/1", "a/x/-2147483648", null)]
    [InlineData("/1", "a/x/y", -32001)]
    [InlineData("/1", "a/x", -32001)]
    [InlineData("/1", "b/00000000-0000-0000-0000-000000000000", -32002)]
    [InlineData("/1", "b/00000000-0000-0000-0000-00000000000a", null)]
    [InlineData("/1", "b/00000000-0000-0000-0000-00000000000A", -32001)]
    [InlineData("/1", "b/{00000000-0000-0000-0000-00000000000a}", -32001)]
    [InlineData("/1", "c/-9223372036854775808", null)]
    [InlineData("/1", "c/1.0", -32001)]
    [InlineData("/1", "d", null)]
    [InlineData("/2", "c/5", null)]
    [InlineData("/2", "d", -32001)]
    public void A_topic_is_there_for_who_may_hear_it(string path, string topic, int? error)
    {
        using var routes = new RunningRoutes(Source);
        string[] answers = routes.Open(path).Say($$$"""{"jsonrpc":"2.0","id":1,"method":"$/subscribe","params":{"topic":"{{{topic}}}"}}""");
        JsonElement answer = answers.Select(static one => JsonElement.Parse(one)).Single(static one => one.TryGetProperty("id", out _));
        Assert.Equal(
            error, answer.TryGetProperty("error", out JsonElement refusal) ? refusal.GetProperty("code").GetInt32() : null);
    }

    [Fact]
    public void The_proxy_speaks_to_those_who_hear_the_topic_already()
    {
        using var routes = new RunningRoutes(Source);
        const string Subscribe = """{"jsonrpc":"2.0","id":1,"method":"$/subscribe","params":{"topic":"a/x/1"}}""";
        RunningClient first = routes.Open("/1");
        Assert.Single(first.Say(Subscribe));
        routes.Open("/1").Say(Subscribe);
        JsonElement message = JsonElement.Parse(Assert.Single(first.Take()));
        Assert.Equal("a/x/1", message.GetProperty("topic").GetString());
        Assert.Equal("x1", message.GetProperty("params")[0].GetString());
    }
}
