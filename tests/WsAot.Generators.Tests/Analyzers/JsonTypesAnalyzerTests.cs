using Microsoft.CodeAnalysis;
using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class JsonTypesAnalyzerTests
{
    [Fact]
    public async Task WSA023_types_that_the_context_does_not_name()
    {
        var reported = await Check(JsonUsings + """
            namespace MyApp
            {
                public record Point(int X);
                public abstract class Base { [JsonRpcMethod] public decimal Inherited() => 0; }
                [WsRoute("/", Json = typeof(Outer.Json))] public class {|WSA023:Handler|}({|WSA023:WsTopic<IClient>|} topic) : Base
                {
                    [JsonRpcMethod] public {|WSA023:List<Point?>|} One({|WSA023:Point|} point, int known, {|WSA023:int?|} maybe) => null!;
                    [JsonRpcMethod] public {|WSA023:Task<Point>|} Two() => topic["x"].Ask();
                    [JsonRpcMethod] public {|WSA023:IAsyncEnumerable<(long X, Point Y)>|} Three(CancellationToken token,
                        WsConnection connection) => null!;
                }
                [JsonRpcClient] public interface IClient { Task<Point> Ask(); }
                public static partial class Outer { [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext; }
            }
            """);
        Diagnostic list = Assert.Single(reported, static diagnostic =>
            diagnostic.GetMessage(null).Contains("'One'", StringComparison.Ordinal)
            && diagnostic.GetMessage(null).Contains("List", StringComparison.Ordinal));
        Assert.Equal("Add [JsonSerializable(typeof(List<Point?>))] to 'Json': the result of 'One' is of this type", list.GetMessage(null));
        Assert.Equal("MyApp.Outer+Json", list.Properties["Context"]);
        Assert.Equal("global::System.Collections.Generic.List<global::MyApp.Point>", list.Properties["Type"]);
    }

    [Fact]
    public async Task WSA023_sends_what_may_be_a_service_to_the_constructor()
    {
        var reported = await Check(JsonUsings + """
            public interface IClock; public class Store; public record Point(int X); public struct Size;
            [WsRoute("/", Json = typeof(Json))] public class Handler(IClient client)
            {
                [JsonRpcMethod]
                public {|WSA023:Store|} One({|WSA023:IClock|} clock, {|WSA023:Store?|} store, {|WSA023:Point|} point, {|WSA023:Size|} size,
                    {|WSA023:IList<long>|} list, {|WSA023:Dictionary<string, long>|} map, {|WSA023:string|} text,
                    {|WSA023:Version|} version)
                {
                    client.Said(1);
                    return null!;
                }
            }
            [JsonRpcClient] public interface IClient { void Said(int number); }
            [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
            """);
        string[] messages = [.. reported.Select(static diagnostic => diagnostic.GetMessage(null))];
        Assert.Contains(
            "Add [JsonSerializable(typeof(IClock))] to 'Json', or, if it is a service, take it in the constructor: "
                + "the parameter 'clock' of 'One' is of this type",
            messages);
        Assert.Equal(
            ["'clock'", "'store'"],
            messages
                .Where(static message => message.Contains("constructor", StringComparison.Ordinal))
                .Select(static message => message.Split("the parameter ")[1].Split(' ')[0])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task WSA023_not_for_types_that_it_names_in_one_way_or_another() => Check(JsonUsings + """
        public record Point(int X, Color? Color, List<Point> Others);
        public enum Color { Red }
        [WsRoute("/", Json = typeof(Json))] public class Handler(IClient client)
        {
            [JsonRpcMethod] public Point? One(Color? color, Color other, List<Point?>? points, int x) => null;
            [JsonRpcMethod] public Task Two((int A, string? B) pair, dynamic anything, dynamic[] more) => client.Ask(null);
        }
        [JsonRpcClient] public interface IClient { Task<Point?> Ask(object? value); }
        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof((int C, string D)))] [JsonSerializable(typeof(object[]))]
        public partial class Json : JsonSerializerContext;
        """);

    [Fact]
    public Task WSA023_not_where_the_other_generator_has_not_run() => Check(JsonUsings + """
        public partial class Json : JsonSerializerContext;
        [WsRoute("/", Json = typeof(Json))] public class Handler { [JsonRpcMethod] public int Sum(int[] numbers) => 0; }
        """);
}
