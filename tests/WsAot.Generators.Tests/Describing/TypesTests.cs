using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Describing;

/// <summary>
/// Types of all kinds, with the options of two contexts. The tests of the published file compile these snapshots with tsc and validate them
/// against the OpenRPC schema.
/// </summary>
public class TypesTests
{
    internal const string Application = """
        using System;
        using System.Collections.Generic;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using WsAot;

        namespace MyApp
        {
            [WsRoute("/things", Json = typeof(CamelJson))]
            public sealed class Things(IPerson person, WsTopic<IPerson> all)
            {
                [JsonRpcMethod] public Everything Everything(Everything everything) => everything;
                [JsonRpcMethod] public Shape[] Shapes(Search search, Dictionary<string, Shape?> named) => [];
                [JsonRpcMethod] public Other.Error Error(Error error) => new(error.Text);
                [JsonRpcMethod] public Task<Seen> Seen() => Task.FromResult(new Seen(1));
                [JsonRpcMethod("then")] public void Then() { }
                [JsonRpcMethod("then!")] public void ThenAgain() { }
                [JsonRpcMethod("2 + \"2\"")] public int Four() => 4;
            }

            [WsRoute("/rooms/{room}/{number}/{*rest}", Json = typeof(SnakeJson), Subprotocols = ["rooms.v1"])]
            public sealed class Room(string room, int number, string rest, IPerson person, IOther other)
            {
                [JsonRpcMethod] public Everything Everything(Everything everything) => everything;
                [JsonRpcMethod] public Task Move(Color color = Color.Red, string delete = "", string? options = null) => Task.CompletedTask;
            }

            [WsRoute("/it's \"odd\"/`$%7B1%7D`/back\\slash\n*/{class}/*/$\u0301/{*__proto__}", Json = typeof(CamelJson),
                Subprotocols = ["`$", "'"])]
            public sealed class Odd(string @class, string __proto__)
            {
                [JsonRpcMethod("*/ `${1}` \\ ' \" \n \u2028")] public void Call(string? @default = null) { }
            }

            [WsRoute("/it's \"odd\"/`$%7B1%7D`/back\\slash\n*/*/", Json = typeof(CamelJson))]
            public sealed class OddLiteral
            {
                [JsonRpcMethod] public void Call() { }
            }

            [JsonRpcClient] public interface IPerson
            {
                void Moved(Color color, Page<string[]> page);
                [JsonRpcMethod("moved")] Task<bool> MayMove(Seen seen, CancellationToken cancel);
            }

            [JsonRpcClient] public interface IOther { Task Rest(); }

            public enum Color { Red, [JsonStringEnumMemberName("deep-green")] Green = 5, Grün = 5 }
            [Flags] public enum Access : byte { None, Read, Write }
            /// <summary>Never "null".</summary>
            [JsonConverter(typeof(JsonStringEnumConverter<Mood>))] public enum Mood { Fine, Grim }

            public record Page<T>(T Item, Page<T>? Next);

            /// <summary>All there is */.</summary>
            public class Everything
            {
                public bool Bool { get; set; }
                public long Long { get; set; }
                public double? Double { get; set; }
                public Guid Guid { get; set; }
                public DateTime DateTime { get; set; }
                public DateOnly Date { get; set; }
                public TimeOnly Time { get; set; }
                public TimeSpan Span { get; set; }
                public byte[] Bytes { get; set; } = [];
                /// <summary>
                /// With <c>code</c>, <see cref="Color"/> &amp;
                /// lines.
                /// </summary>
                public Color Color { get; set; }
                public Color? MaybeColor { get; set; }
                public Access Access { get; set; }
                public Mood Mood { get; set; }
                public List<List<string?>> Lists { get; set; } = [];
                public Dictionary<string, int[]?> Numbers { get; set; } = [];
                public Page<Everything>? Page { get; set; }
                public JsonElement Any { get; set; }
                public JsonObject? AnyObject { get; set; }
                [JsonPropertyName("with-dash")] public int Dash { get; set; }
                [JsonIgnore] public int Ignored { get; set; }
                [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int NumberText { get; set; }
                [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public double[] Floats { get; set; } = [];
                [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; }
                public int Computed => 5;
            }

            /// <summary>Only received.</summary>
            public class Search
            {
                public string? Text { get; set; }
                public int Limit { get; set; } = 10;
                public required Guid Who { get; set; }
                public int Computed => 1;
            }

            /// <summary>Only sent.</summary>
            public record Seen(int Count)
            {
                public string? Note { get; init; }
                [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Hint => null;
            }

            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
            [JsonDerivedType(typeof(Circle), "circle")]
            [JsonDerivedType(typeof(Group), 2)]
            [JsonDerivedType(typeof(Nothing), "nothing")]
            public record Shape(string Name);
            public record Circle(string Name, double Radius) : Shape(Name);
            public record Group(string Name, Shape[] Shapes) : Shape(Name);
            public record Nothing() : Shape("");

            public record Error(string Text);

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Everything))]
            [JsonSerializable(typeof(Shape[]))]
            [JsonSerializable(typeof(Dictionary<string, Shape>))]
            [JsonSerializable(typeof(Search))]
            [JsonSerializable(typeof(Error))]
            [JsonSerializable(typeof(Other.Error), TypeInfoPropertyName = "OtherError")]
            [JsonSerializable(typeof(Seen))]
            [JsonSerializable(typeof(Color))]
            [JsonSerializable(typeof(Page<string[]>))]
            internal sealed partial class CamelJson : JsonSerializerContext;

            [JsonSourceGenerationOptions(
                PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
                UseStringEnumConverter = true,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
            [JsonSerializable(typeof(Everything))]
            [JsonSerializable(typeof(Color))]
            [JsonSerializable(typeof(string))]
            [JsonSerializable(typeof(Page<string[]>))]
            [JsonSerializable(typeof(Seen))]
            [JsonSerializable(typeof(bool))]
            internal sealed partial class SnakeJson : JsonSerializerContext;
        }

        namespace MyApp.Other
        {
            public record Error(string Text);
        }
        """;

    [Fact]
    public void Routes() => Snapshot.Match(GeneratorRun.Describe("routes", Application), "txt");

    [Fact]
    public void OpenRpc() => Snapshot.Match(GeneratorRun.Describe("openrpc", Application), "json");

    [Fact]
    public void TypeScript() => Snapshot.Match(DescriptionTests.WithoutRuntime(GeneratorRun.Describe("typescript", Application)), "ts");
}
