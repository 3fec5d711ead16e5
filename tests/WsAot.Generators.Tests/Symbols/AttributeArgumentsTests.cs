using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WsAot.Generators.Tests.Compilations;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Symbols;

/// <summary>
/// Every attribute that the generator and the analyzers read, with arguments of every shape: while the user types, an argument can be an
/// array, null, of an unknown type, missing, or one too many. Nothing may throw.
/// </summary>
public class AttributeArgumentsTests
{
    private static readonly string[] s_values =
    [
        "typeof(Known)", "typeof(Missing)", "typeof(List<>)", "typeof(int*)", "new[] { typeof(Known) }", "[typeof(Known), null]",
        "new Missing[0]", "null", "(string[])null!", "(DayOfWeek)77", "-1", "\"a\"", "unknown", "", "1, 2",
        "typeof(Known), new[] { 1 }", "typeof(Known), null",
    ];

    private static readonly string[] s_jsonAttributes =
    [
        "JsonSourceGenerationOptions(", "JsonSourceGenerationOptions(Converters = ", "JsonSourceGenerationOptions(PropertyNamingPolicy = ",
        "JsonSourceGenerationOptions(GenerationMode = ", "JsonSerializable(", "JsonSerializable(typeof(Known), GenerationMode = ",
        "JsonIgnore(Condition = ", "JsonPropertyName(", "JsonNumberHandling(", "JsonConverter(", "JsonStringEnumMemberName(",
        "JsonPolymorphic(TypeDiscriminatorPropertyName = ", "JsonDerivedType(", "Flags(",
    ];

    public static TheoryData<string> HandlerAttributes =>
    [
        "WsRoute(", "WsRoute(\"/\", Subprotocols = ", "WsRoute(\"/\", MaxMessageBytes = ", "WsRoute(\"/\", Compression = ",
        "WsRoute(\"/\", Json = ", "JsonRpcMethod(", "JsonRpcClient(TimeoutMs = ", "OnText(",
        "Microsoft.Extensions.DependencyInjection.FromKeyedServices(", "System.Diagnostics.CodeAnalysis.SetsRequiredMembers(",
    ];

    public static TheoryData<string> JsonAttributes => [.. s_jsonAttributes];

    [Theory]
    [MemberData(nameof(HandlerAttributes))]
    public Task An_argument_of_any_shape_at_a_handler_is_no_crash(string start) =>
        AssertNothingThrows([.. s_values.Select((value, i) => OfHandler($"[{start}{value})]", i))]);

    [Theory]
    [MemberData(nameof(JsonAttributes))]
    public Task An_argument_of_any_shape_at_a_JSON_type_is_no_crash(string start) =>
        AssertNothingThrows([.. s_values.Select((value, i) => OfJson($"[{start}{value})]", i))]);

    /// <summary>An attribute of another version can take an array where ours takes a value, and the other way round.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1, \"a\", typeof(Known)")]
    [InlineData("new object[] { 1 }, Value = new object[] { 1 }")]
    [InlineData("1, Json = new Type[] { typeof(Json) }, Converters = 1, GenerationMode = new[] { 1 }, Subprotocols = \"a\"")]
    [InlineData("null, PropertyNamingPolicy = new[] { \"a\" }, TimeoutMs = new[] { 1 }, Condition = new[] { 1 }")]
    [InlineData("\"/\", Compression = new[] { 1 }, UseStringEnumConverter = new[] { true }")]
    public Task An_argument_of_another_type_than_that_of_the_attribute_is_no_crash(string arguments)
    {
        string[] names =
        [
            "WsAot.WsRoute", "WsAot.JsonRpcMethod", "WsAot.JsonRpcClient",
            .. s_jsonAttributes
                .Select(static start => start.Split('(')[0])
                .Where(static name => name.StartsWith("Json", StringComparison.Ordinal))
                .Distinct()
                .Select(static name => "System.Text.Json.Serialization." + name),
        ];
        string declarations = string.Concat(names.Select(static name => $$"""
            namespace {{name[..name.LastIndexOf('.')]}}
            {
                [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
                public class {{name[(name.LastIndexOf('.') + 1)..]}}Attribute(params object?[]? values) : Attribute
                {
                    public object? Value, Json, Subprotocols, Compression, TimeoutMs;
                    public object? Converters, GenerationMode, PropertyNamingPolicy, UseStringEnumConverter, Condition;
                }
            }

            """));
        return AssertNothingThrows(
        [
            "using System;\n" + declarations,
            .. names.Select((name, i) => OfHandler($"[{name}({arguments})]", i)),
            .. names.Select((name, i) => OfJson($"[{name}({arguments})]", i + names.Length)),
        ]);
    }

    [Theory]
    [InlineData("Converters = [typeof(C)]")]
    [InlineData("Converters = new[] { typeof(C) }")]
    public void Converters_of_a_JSON_context_are_no_obstacle(string argument)
    {
        string file = GeneratorRun.Generate(JsonUsings + $$"""
            using System.Text.Json;
            [WsRoute("/", Json = typeof(Json))] public class Handler { [JsonRpcMethod] public int Sum(int left, int right) => 0; }
            [JsonSourceGenerationOptions({{argument}})] [JsonSerializable(typeof(int))] public partial class Json : JsonSerializerContext;
            public class C : JsonConverter<DateTime>
            {
                public override DateTime Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => default;
                public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) { }
            }
            """);
        Assert.Contains("CallSum", file, StringComparison.Ordinal);
    }

    private static string OfHandler(string attribute, int i) => JsonUsings + $$"""
        namespace N{{i}}
        {
            {{attribute}} [WsRoute("/calls/{{i}}", Json = typeof(Json))]
            public class Handler
            {
                {{attribute}} public Handler({{attribute}} IClient client, {{attribute}} Known service) { }
                {{attribute}} [OnBinary] public void Sent() { }
                {{attribute}} [JsonRpcMethod] public Known Call({{attribute}} Known known) => known;
                {{attribute}} public required int Field;
            }
            {{attribute}} [JsonRpcClient] public interface IClient { {{attribute}} Task<Known> Ask(Known known); }
            public class Known;
            [JsonSerializable(typeof(Known))] internal partial class Json : JsonSerializerContext;
        }
        """;

    private static string OfJson(string attribute, int i) => JsonUsings + $$"""
        namespace N{{i}}
        {
            [WsRoute("/calls/{{i}}", Json = typeof(Json))]
            public class Handler(IClient client)
            {
                [JsonRpcMethod] public Task<Known> Call(Known known, Color color, Sub sub) => client.Ask(known);
            }
            [JsonRpcClient] public interface IClient { Task<Known> Ask(Known known); }
            {{attribute}} public class Known
            {
                {{attribute}} public Known(int number) => Number = number;
                {{attribute}} public int Number { get; set; }
                {{attribute}} public Dictionary<string, object>? More { get; set; }
                {{attribute}} public Color Field;
            }
            {{attribute}} public class Sub : Known { public Sub() : base(1) { } }
            {{attribute}} public enum Color { {{attribute}} Red, Green }
            {{attribute}} [JsonSerializable(typeof(Known))] [JsonSerializable(typeof(Sub))]
            internal partial class Json : JsonSerializerContext;
        }
        """;

    private static async Task AssertNothingThrows(string[] sources)
    {
        CSharpCompilation compilation = Create(sources);
        // The generator of System.Text.Json does not take attributes of another version as well as ours must.
        var run = CSharpGeneratorDriver.Create(new WsRouteGenerator()).RunGenerators(compilation).GetRunResult();
        Assert.Null(run.Results[0].Exception);
        // Throws what an analyzer throws.
        await compilation.WithAnalyzers(Analysis.Analyzers, Analysis.Options).GetAnalyzerDiagnosticsAsync();
    }
}
