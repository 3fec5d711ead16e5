using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Describing;

/// <summary>Names that are valid in JSON but not in a TypeScript class or object.</summary>
public class TypeScriptClientTests
{
    private static readonly string s_file = GeneratorRun.Describe("typescript", TestCompilation.JsonUsings + """
        public interface ICommon { void Left(); }
        [JsonRpcClient] public interface IOne : ICommon { void Said(string text); }
        [JsonRpcClient] public interface ITwo : ICommon
        {
            [JsonRpcMethod("said")] void Said(int number);
            [JsonRpcMethod("constructor")] void Constructor();
            [JsonRpcMethod("__proto__")] void Prototype();
        }
        [WsRoute("/rpc", Json = typeof(Json))] public class Rpc(IOne one, ITwo two)
        {
            [OnOpen] public void Opened() { one.Left(); two.Left(); }
            [JsonRpcMethod("constructor")] public void Constructor() { }
            [JsonRpcMethod("__proto__")] public void Prototype() { }
            [JsonRpcMethod("ToString")] public string Text() => "";
        }
        [JsonSerializable(typeof(string))] [JsonSerializable(typeof(int))] public partial class Json : JsonSerializerContext;
        """);

    [Fact]
    public void Methods_of_two_interfaces_that_differ_in_JSON_differ_in_the_object_that_has_both()
    {
        Contains("  said(text: string): void;\n");
        Contains("  said_2(number: number): void;\n");
        Contains("Said: { parameters: [\"text\"], call: (args) => options.handlers.said(args[0] as string) },");
        Contains("said: { parameters: [\"number\"], call: (args) => options.handlers.said_2(args[0] as number) },");
    }

    [Fact]
    public void A_method_that_two_interfaces_inherit_is_served_once()
    {
        Assert.Equal(2, s_file.Split("  left(): void;\n").Length - 1);
        Assert.Single(s_file.Split("Left: { parameters: [], call: () => options.handlers.left() },")[1..]);
    }

    [Fact]
    public void What_is_no_name_of_a_method_gets_a_number()
    {
        Contains("[\"__proto__\"]: { parameters: [], call: () => options.handlers.__proto___2() },");
        Contains("constructor: { parameters: [], call: () => options.handlers.constructor_2() },");
        Contains("  constructor_2(options?: RpcCallOptions): Promise<void> {");
        Contains("  toString_2(options?: RpcCallOptions): Promise<string> {");
        Contains("__proto___2: (): void => this.notification(\"__proto__\", []),");
    }

    [Fact]
    public void No_two_parameters_of_a_method_have_one_name()
    {
        string file = GeneratorRun.Describe("typescript", TestCompilation.JsonUsings + """
            [JsonRpcClient] public interface IClient { Task Said(int signal, int signal_, CancellationToken cancel); }
            [WsRoute("/", Json = typeof(Json))] public class Rpc(IClient client)
            {
                [OnOpen] public void Opened() => client.Said(1, 2, default);
                /// <param name="options">The first.</param>
                /// <param name="options_">The second.</param>
                [JsonRpcMethod] public void Set(int options, int options_) { }
                [JsonRpcMethod] public void Find(int class_, int @class = 1) { }
            }
            [JsonSerializable(typeof(int))] public partial class Json : JsonSerializerContext;
            """);
        Assert.All(
            new[]
            {
                "  set(options__2: number, options_: number, options?: RpcCallOptions): Promise<void> {",
                "\"Set\", [options__2, options_]",
                "@param options__2 The first.",
                "@param options_ The second.",
                "  find(class_: number, class__2?: number, options?: RpcCallOptions): Promise<void> {",
                "\"Find\", { class_, class: class__2 }",
                "  said(signal__2: number, signal_: number, signal: AbortSignal): void | Promise<void>;",
            },
            text => Assert.Contains(text, file, StringComparison.Ordinal));
    }

    [Fact]
    public void Types_of_one_name_in_namespaces_that_are_keywords_get_their_full_names()
    {
        string file = GeneratorRun.Describe("typescript", TestCompilation.JsonUsings + """
            namespace My.@event { public record Point(int X); }
            namespace My.@class { public record Point(int Y); }
            [WsRoute("/", Json = typeof(Json))] public class Rpc
            {
                [JsonRpcMethod] public My.@event.Point Move(My.@class.Point point) => new(point.Y);
            }
            [JsonSerializable(typeof(My.@event.Point), TypeInfoPropertyName = "A")]
            [JsonSerializable(typeof(My.@class.Point), TypeInfoPropertyName = "B")]
            public partial class Json : JsonSerializerContext;
            """);
        Assert.Contains(
            "  move(point: My_class_Point, options?: RpcCallOptions): Promise<My_event_Point> {", file, StringComparison.Ordinal);
    }

    private static void Contains(string text) => Assert.Contains(text, s_file, StringComparison.Ordinal);
}
