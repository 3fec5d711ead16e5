using System.Reflection;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>The names of topics that generated code makes from their values.</summary>
public class TopicNameTests
{
    private static readonly Assembly s_assembly = LoadedRoutes.Load(TestCompilation.JsonUsings + """
        namespace MyApp;
        [JsonRpcClient, WsTopic("chat/{room}/of/{id:int}")] public interface IRoom { void Said(string text); }
        [JsonRpcClient, WsTopic("{at:guid}/{number:long}")] public interface IPrice { void Changed(int price); }
        [WsRoute("/1", Json = typeof(AppJson), Topics = [typeof(IRoom), typeof(IPrice)])] public class Api;
        [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int))] public partial class AppJson : JsonSerializerContext;
        """).GetType().Assembly;

    [Fact]
    public void Values_are_written_as_they_are_in_every_culture()
    {
        Assert.Equal("chat/a b{}/of/-1234567", NameOf("RoomTopics", "a b{}", -1234567));
        Assert.Equal(
            "00000000-0000-0000-0000-000000000000/-9223372036854775808", NameOf("PriceTopics", Guid.Empty, long.MinValue));
    }

    [Theory]
    [InlineData("", "The value cannot be an empty string. (Parameter 'room')")]
    [InlineData("a/b", "'a/b' has a '/' in it, which separates the values in the name of a topic. (Parameter 'room')")]
    public void A_text_that_would_name_another_topic_is_refused(string room, string message)
    {
        var thrown = Assert.Throws<TargetInvocationException>(() => NameOf("RoomTopics", room, 1));
        Assert.Equal(message, Assert.IsType<ArgumentException>(thrown.InnerException).Message);
    }

    private static string NameOf(string type, params object[] values) =>
        (string)s_assembly.GetType("MyApp." + type, throwOnError: true)!.GetMethod("NameOf")!.Invoke(null, values)!;
}
