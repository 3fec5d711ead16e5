using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class JsonSerializableFixTests
{
    private const string Handler = JsonUsings + """
        namespace MyApp
        {
            public record Point(int X);
            [WsRoute("/", Json = typeof(AppJson))] public class Handler
            {
                [JsonRpcMethod] public List<Point> Move(Point point, int by) => [];
            }
        }
        """;

    [Fact]
    public async Task A_type_is_named_beside_the_others() => Assert.Equal(
        Context("[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(System.Collections.Generic.List<Point>))]\n"),
        await Fix("WSA023", Context("[JsonSerializable(typeof(int))]\n")));

    [Fact]
    public async Task In_one_line_where_the_others_are() => Assert.Equal(
        Context("[JsonSerializable(typeof(int))] [JsonSerializable(typeof(System.Collections.Generic.List<Point>))] "),
        await Fix("WSA023", Context("[JsonSerializable(typeof(int))] ")));

    [Fact]
    public async Task All_are_named_at_once() => Assert.Equal(
        Context("[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(Point))]\n"
            + "[JsonSerializable(typeof(System.Collections.Generic.List<Point>))]\n"),
        await FixAll("WSA023", Context("[JsonSerializable(typeof(int))]\n")));

    [Fact]
    public async Task The_part_of_the_class_that_has_the_attributes_is_found_within_others() => Assert.Equal(
        Nested("    [JsonSerializable(typeof(string))]\n    [JsonSerializable(typeof(decimal?))]\n"),
        await Fix("WSA023", Nested("    [JsonSerializable(typeof(string))]\n")));

    [Fact]
    public async Task The_context_is_found_in_a_namespace_that_is_a_keyword() => Assert.Equal(
        Keyword("[JsonSerializable(typeof(string))]\n[JsonSerializable(typeof(decimal?))]\n"),
        await Fix("WSA023", Keyword("[JsonSerializable(typeof(string))]\n")));

    [Fact]
    public async Task All_contexts_of_a_file_get_their_types() => Assert.Equal(
        ThreeContexts("[JsonSerializable(typeof(Point))] ", "    [JsonSerializable(typeof(long))]\n", "[JsonSerializable(typeof(Point))] "),
        await FixAll("WSA023", ThreeContexts("", "", "")));

    private static string ThreeContexts(string first, string inner, string second) => JsonUsings + $$"""
        public record Point(int X);
        [WsRoute("/1", Json = typeof(First))] class One { [JsonRpcMethod] public void Say(Point point) { } }
        [WsRoute("/2", Json = typeof(First.Inner))] class Two { [JsonRpcMethod] public void Say(long number) { } }
        [WsRoute("/3", Json = typeof(Second))] class Three { [JsonRpcMethod] public void Say(Point point) { } }

        [JsonSerializable(typeof(int))] {{first}}partial class First : JsonSerializerContext
        {
            [JsonSerializable(typeof(int))]
        {{inner}}    internal partial class Inner : JsonSerializerContext;
        }
        [JsonSerializable(typeof(int))] {{second}}partial class Second : JsonSerializerContext;
        """;

    private static string Context(string attributes) =>
        $"{Handler}\n----\nusing System.Text.Json.Serialization;\nnamespace MyApp;\n\n"
            + $"/// <summary>What is said.</summary>\n{attributes}internal partial class AppJson : JsonSerializerContext;";

    private static string Keyword(string attributes) => JsonUsings + $$"""
        namespace My.@event;

        {{attributes}}internal partial class Json : JsonSerializerContext;

        [WsRoute("/", Json = typeof(Json))] internal class Handler { [JsonRpcMethod] public string Price(decimal? amount) => ""; }
        """;

    private static string Nested(string attributes) => JsonUsings + $$"""
        public static partial class Outer
        {
            internal partial class Json;

        {{attributes}}    internal partial class Json : JsonSerializerContext;

            [WsRoute("/", Json = typeof(Json))] internal class Handler { [JsonRpcMethod] public string Price(decimal? amount) => ""; }
        }
        """;
}
