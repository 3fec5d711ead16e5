using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests;

/// <summary>Snapshots of the code generated around methods that have filters.</summary>
public class FilterSnapshotTests
{
    private const string Usings = TestCompilation.JsonUsings;

    private const string Attributes = """
        namespace MyApp
        {
            public sealed class RoleAttribute(string role, params int[] numbers) : WsFilterAttribute
            {
                public Type? Type { get; set; }
                public DayOfWeek Day;
            }
            public sealed class WaitAttribute : WsFilterAttribute { public override ValueTask OnCallingAsync(WsCall call) => default; }
            public sealed class LabelAttribute(object? value) : WsMetadataAttribute;
            [AttributeUsage(AttributeTargets.All)] public sealed class OnceAttribute(string text) : WsFilterAttribute;
            [AttributeUsage(AttributeTargets.All, Inherited = false)] public sealed class OwnAttribute : WsFilterAttribute;
        }

        """;

    [Fact]
    public void Events_with_filters() => Snapshot.Match(GeneratorRun.Generate(Usings + Attributes + """
        namespace MyApp
        {
            [WsRoute("/")]
            public sealed class Events(WsConnection connection)
            {
                [OnOpen, Role("a\n", 1, -2, Type = typeof(List<>), Day = DayOfWeek.Monday), Label(null)] public void Opened() { }
                [OnText, Role("b"), Label((byte)1)] public void Said(ReadOnlySpan<byte> utf8) => connection.Send(utf8);
                [OnBinary, Role("c")] public async Task Got(ReadOnlyMemory<byte> bytes) => await Task.Yield();
                [OnPong] public void Pong() { }
                [OnDrained, Role("c")] public void Drained() { }
                [OnClose, Role("d")] public ValueTask Left(WsClose close) => default;
            }

            [WsRoute("/wait"), Wait]
            public sealed class Waiting(WsConnection connection)
            {
                [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept();
                [OnOpen] public void Opened(WsConnection same) { }
                [OnText] public void Said(string text) => connection.Send(text);
                [OnBinary] public async Task Got(ReadOnlyMemory<byte> bytes) => await Task.Yield();
                [OnPong] public void Pong(ReadOnlySpan<byte> bytes) { }
                [OnClose] public ValueTask Left(WsClose close) => default;
            }
        }
        """));

    [Fact]
    public void JSON_RPC_methods_with_filters() => Snapshot.Match(GeneratorRun.Generate(Usings + Attributes + """
        namespace MyApp
        {
            [WsRoute("/", Json = typeof(Json)), Role("all")]
            public sealed class Synchronous
            {
                [JsonRpcMethod] public void Nothing() { }
                [JsonRpcMethod, Role("one")] public int Value(int call, string result, int exception) => call;
                [JsonRpcMethod] public async Task Task(CancellationToken token) => await System.Threading.Tasks.Task.Yield();
                [JsonRpcMethod] public Task<string?> TaskOfValue() => null!;
                [JsonRpcMethod] public ValueTask ValueTask() => default;
                [JsonRpcMethod] public ValueTask<int> ValueTaskOfValue() => default;
                [JsonRpcMethod] public IAsyncEnumerable<int> Stream(CancellationToken token) => null!;
                [JsonRpcMethod] public dynamic Dynamic(dynamic value) => value;
            }

            [WsRoute("/wait", Json = typeof(Json)), Wait]
            public sealed class Asynchronous
            {
                [OnOpen] public void Opened() { }
                [JsonRpcMethod] public void Nothing(WsConnection connection) { }
                [JsonRpcMethod] public int Value(int call, string result, CancellationToken cancellation) => call;
                [JsonRpcMethod] public async Task Task(CancellationToken one, CancellationToken two) =>
                    await System.Threading.Tasks.Task.Yield();
                [JsonRpcMethod] public Task<string?> TaskOfValue(WsRequest request) => null!;
                [JsonRpcMethod] public ValueTask<int> ValueTaskOfValue() => default;
                [JsonRpcMethod] public IAsyncEnumerable<int> Stream(int count, CancellationToken token) => null!;
                [JsonRpcMethod] public dynamic Dynamic(dynamic value) => value;
            }

            [JsonSerializable(typeof(int))] [JsonSerializable(typeof(string))] [JsonSerializable(typeof(object))]
            internal sealed partial class Json : JsonSerializerContext;
        }
        """));

    [Fact]
    public void Filters_of_the_assembly_of_base_classes_and_of_overridden_methods() => Snapshot.Match(GeneratorRun.Generate(
        Usings + "using MyApp; [assembly: Role(\"assembly\")] [assembly: Label(\"assembly\")]\n" + Attributes + """
        namespace MyApp
        {
            [Role("base"), Once("replaced"), Own]
            public abstract class Base
            {
                [Role("overridden"), Once("replaced, too"), Own] public abstract void Opened();
                [OnText, Role("inherited")] public void Said() { }
            }

            [WsRoute("/"), Role("class"), Once("class")]
            public sealed class Derived : Base
            {
                [OnOpen, Role("override"), Once("override")] public override void Opened() { }
            }

            [WsRoute("/plain")] public sealed class Plain { [OnOpen, Label(1)] public void Opened() { } }
        }
        """));
}
