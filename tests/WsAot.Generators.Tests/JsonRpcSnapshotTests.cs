using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests;

/// <summary>Snapshots of the code generated for JSON-RPC handlers.</summary>
public class JsonRpcSnapshotTests
{
    private const string Usings = TestCompilation.JsonUsings + "namespace MyApp;\n\n";

    [Fact]
    public void A_handler_its_context_and_its_client() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        public sealed record Tick(long Number);
        public sealed record Message(string Who, string? Text);

        [WsRoute("/rpc/{room}", Json = typeof(AppJson), MaxRequestsInFlight = 8, MaxBatchLength = 16)]
        public sealed class Calculator(IChatClient client, WsTopic<IChatClient> all, string room)
        {
            [OnOpen] public void Opened(WsConnection connection) => connection.Subscribe(room);
            [OnClose] public Task Closed() => Task.CompletedTask;

            [JsonRpcMethod] public int Sum(int[] numbers) => numbers.Length;
            [JsonRpcMethod("clock/ticks")]
            public async IAsyncEnumerable<Tick> Ticks(int count, [EnumeratorCancellation] CancellationToken cancel)
            {
                await Task.Delay(count, cancel);
                yield return new Tick(1);
            }

            [JsonRpcMethod] public void Say(Message message)
            {
                client.Said(message.Who, message.Text);
                all[room].Said(message.Who, message.Text);
            }
        }

        [JsonRpcClient] public interface IChatClient { void Said(string who, string? text); Task<string> AskName(); }

        [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(Tick))] [JsonSerializable(typeof(Message))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """));

    [Fact]
    public void Every_return_and_every_source_of_an_argument() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        [WsRoute("/", Json = typeof(Json))]
        internal sealed class Everything
        {
            [JsonRpcMethod] public void Nothing() { }
            [JsonRpcMethod] public string? Value(string required, string? nullable, int number, int? maybe, int[] numbers) => required;
            [JsonRpcMethod] public Task Task(WsConnection connection, string text, WsRequest request,
                CancellationToken cancellationToken) => System.Threading.Tasks.Task.CompletedTask;
            [JsonRpcMethod] public async Task<int> TaskOfValue(int number, CancellationToken cancellationToken = default)
            {
                await System.Threading.Tasks.Task.Yield();
                return number;
            }
            [JsonRpcMethod] internal ValueTask ValueTask() => default;
            [JsonRpcMethod] public ValueTask<List<string?>> ValueTaskOfValue() => default;
            [JsonRpcMethod] public IAsyncEnumerable<int> Stream(CancellationToken one, int number, CancellationToken two) => null!;
            [JsonRpcMethod] public int Synchronous(CancellationToken closed) => 1;
            [JsonRpcMethod] public dynamic Dynamic(dynamic anything, List<dynamic> more) => anything;
            [JsonRpcMethod] public (int Sum, List<(int A, int B)> Pairs) Tuple((int X, int Y) pair, (int, int) unnamed) => (pair.X, null!);
        }

        [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(int?))] [JsonSerializable(typeof(List<string>))]
        [JsonSerializable(typeof(object))]
        [JsonSerializable(typeof(List<object>))] [JsonSerializable(typeof((int, List<(int, int)>)))] [JsonSerializable(typeof((int, int)))]
        internal sealed partial class Json : JsonSerializerContext;
        """));

    [Fact]
    public void Many_methods_are_told_apart_by_length_and_bytes() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        [WsRoute("/", Json = typeof(Json))]
        public class Many
        {
            [JsonRpcMethod] public void One() { }
            [JsonRpcMethod] public void Two() { }
            [JsonRpcMethod] public void Six() { }
            [JsonRpcMethod] public void Ten() { }
            [JsonRpcMethod("a/b")] public void Ten(int number) { }
            [JsonRpcMethod] public void Three() { }
            [JsonRpcMethod("\"caf\u00e9\"\u20ac\U0001F600")] public void Text() { }
        }

        [JsonSerializable(typeof(int))] public partial class Json : JsonSerializerContext;
        """));

    [Fact]
    public void Default_values_are_constants() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        using System.Runtime.InteropServices;

        public enum Color : long { Red, Green = -5 }

        [WsRoute("/", Json = typeof(Json))]
        public class Defaults
        {
            [JsonRpcMethod] public void Integers(byte a = 255, sbyte b = -128, short c = short.MinValue, ushort d = 65535,
                int e = int.MinValue,
                uint f = uint.MaxValue, long g = long.MinValue, ulong h = ulong.MaxValue, byte? i = 7, long? j = null) { }
            [JsonRpcMethod] public void Reals(double a = 0.1, double b = double.NaN, double c = double.NegativeInfinity, double d = -0.0,
                double e = 1e300,
                float f = 0.1f, float g = float.PositiveInfinity, float h = float.Epsilon, decimal i = 1.50m,
                    decimal j = -79228162514264337593543950335m, float? k = 1) { }
            [JsonRpcMethod] public void Texts(string a = "a\"\\\n\0é", string? b = null, char c = '\'', char d = '\uD800',
                string e = null!) { }
            [JsonRpcMethod] public void Others([Optional] int j, [Optional, DateTimeConstant(5)] DateTime k, bool a = true,
                Color b = Color.Green, Color? c = Color.Red, Color d = default, Guid f = default, int[]? g = null,
                DayOfWeek h = (DayOfWeek)99, object? i = null, List<int>? l = default) { }
        }

        [JsonSerializable(typeof(byte?))] [JsonSerializable(typeof(sbyte))] [JsonSerializable(typeof(short))]
        [JsonSerializable(typeof(ushort))] [JsonSerializable(typeof(uint))]
        [JsonSerializable(typeof(ulong))] [JsonSerializable(typeof(long?))] [JsonSerializable(typeof(double))]
        [JsonSerializable(typeof(float?))] [JsonSerializable(typeof(decimal))]
        [JsonSerializable(typeof(string))] [JsonSerializable(typeof(char))] [JsonSerializable(typeof(bool))]
        [JsonSerializable(typeof(Color?))] [JsonSerializable(typeof(Guid))]
        [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(DayOfWeek))] [JsonSerializable(typeof(object))]
        [JsonSerializable(typeof(DateTime))] [JsonSerializable(typeof(List<int>))]
        public partial class Json : JsonSerializerContext;
        """));

    [Fact]
    public void Names_that_are_keywords_or_ours_still_compile() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        public class Equals;
        public class @class<T> { public class @event; }
        public class AppJson { public class Types; }

        [WsRoute("/", Json = typeof(AppJsonTypes))]
        public class CallOf(@interface @in)
        {
            [JsonRpcMethod] public void @void(int @class, int peer, int request, int parameters, int parameters_2, int method,
                int @async) { }
            [JsonRpcMethod] public void OfRoute(@class<int>.@event @event, params int[] more) { }
            [JsonRpcMethod] public void Invoke(Equals equals) { }
            [JsonRpcMethod("Call")] public void Invoke(@class<string>.@event[] many) { }
        }

        [JsonRpcClient] public interface @interface { void @void(int @class, int message, int target, int _target, int message_2); }

        [JsonSerializable(typeof(@class<int>.@event))] [JsonSerializable(typeof(@class<string>.@event[]), TypeInfoPropertyName = "Many")]
        [JsonSerializable(typeof(Equals), TypeInfoPropertyName = "Eq")] [JsonSerializable(typeof(int[]))]
        internal sealed partial class AppJsonTypes : JsonSerializerContext;
        """));

    [Theory]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Enable)]
    [InlineData(LanguageVersion.CSharp13, NullableContextOptions.Disable)]
    [InlineData(LanguageVersion.Preview, NullableContextOptions.Disable)]
    public void Older_and_newer_settings_compile(LanguageVersion version, NullableContextOptions nullable)
    {
        string source = Usings + """
            [JsonRpcClient]
            public interface IClient { void Said(string text, int? number = null); Task<List<string>> Ask(); ValueTask Done(); }
            [Obsolete("x")] [WsRoute("/", Json = typeof(Json))]
            public class Handler
            {
                public Handler(IClient client, WsTopic<IClient> topic) { }
                [Obsolete] [JsonRpcMethod] public string Get(string text, List<string> more = null, float number = 1.5f) { return text; }
                [JsonRpcMethod] public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken token = default)
                {
                    await Task.Yield();
                    yield return 1;
                }
            }
            [JsonSerializable(typeof(List<string>))] [JsonSerializable(typeof(int?))] [JsonSerializable(typeof(float))]
            public partial class Json : JsonSerializerContext { }
            """;
        string file = GeneratorRun.Generate(TestCompilation.Create(new CSharpParseOptions(version), nullable, source), out _);
        Assert.Contains("CallGet(", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Obsolete")]
    [InlineData("Obsolete(\"x\")")]
    [InlineData("Obsolete(\"x\", error: true)")]
    [InlineData("Obsolete(\"x\", DiagnosticId = \"MY001\")")]
    [InlineData("System.Diagnostics.CodeAnalysis.Experimental(\"MY001\")")]
    public void What_is_obsolete_or_experimental_is_called_all_the_same(string mark)
    {
        const string Code = """
            [MARK] public record Point(int X);
            [MARK] public enum Color { Red, Blue }
            [MARK] [JsonRpcClient] public interface IMarked { Task<Point> Ask(Color color = Color.Blue); }
            [JsonRpcClient] public interface IClient { [MARK] void Said(string text); [MARK] Task<string> Ask(string text); }
            [MARK] [WsRoute("/class", Json = typeof(Json))] public class Marked(IMarked client, WsTopic<IMarked> topic)
            {
                [JsonRpcMethod] public Task<Point> Ask(List<Point> points, Color color = Color.Blue) =>
                    (points.Count > 0 ? client : topic["x"]).Ask(color);
            }
            [WsRoute("/members", Json = typeof(Plain))] public class Handler
            {
                [MARK] public Handler(IClient client) { }
                [MARK] [JsonRpcMethod] public string Echo(string text) => text;
                [MARK] [JsonRpcMethod]
                public async IAsyncEnumerable<string> Watch([EnumeratorCancellation] CancellationToken token)
                {
                    await Task.Yield();
                    yield return "";
                }
            }
            [MARK] [JsonSerializable(typeof(List<Point>))] [JsonSerializable(typeof(Color))]
            public partial class Json : JsonSerializerContext;
            [JsonSerializable(typeof(string))] public partial class Plain : JsonSerializerContext;
            """;
        string file = GeneratorRun.Generate(Usings + Code.Replace("MARK", mark, StringComparison.Ordinal));
        Assert.Contains("CallWatch(", file, StringComparison.Ordinal);
        Assert.Contains("MarkedProxy", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_inherit_rename_and_are_made_once_for_each_context() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        public interface IBase<T> { void Inherited(T value); }
        public interface IOther { ValueTask Flush(CancellationToken cancellationToken); }

        [JsonRpcClient(TimeoutMs = 500)]
        public interface IClient : IBase<List<(int A, int B)>>, IOther
        {
            [JsonRpcMethod("client/ask")] Task<int> Ask(int[] numbers, CancellationToken cancellationToken = default);
            ValueTask<string?> Name((int X, int Y) place);
            Task Done();
            void WithBody() => Done();
        }

        [WsRoute("/a", Json = typeof(A))] public class HandlerA(IClient client) { [OnOpen] public Task Opened() => client.Done(); }
        [WsRoute("/b", Json = typeof(A))]
        public class HandlerB(WsTopic<IClient> client) { [JsonRpcMethod] public void Say() => client["x"].Done(); }
        [WsRoute("/c", Json = typeof(B))]
        public class HandlerC(IClient one, IClient? two = null) { [JsonRpcMethod] public Task Say() => one.Done(); }

        [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(List<(int, int)>))] [JsonSerializable(typeof(string))]
        public partial class A : JsonSerializerContext;

        [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(List<(int, int)>))] [JsonSerializable(typeof(string))]
        public partial class B : JsonSerializerContext;
        """));

    [Fact]
    public void Methods_of_base_classes_are_called_where_they_are_declared() => Snapshot.Match(GeneratorRun.Generate(Usings + """
        public abstract class Base<T>
        {
            [JsonRpcMethod] public virtual T Get(T? value = default) => default!;
            [JsonRpcMethod] public abstract void Set(T value);
            [JsonRpcMethod] public void Hidden() { }
        }

        [WsRoute("/", Json = typeof(Json))]
        public class Derived : Base<string>
        {
            public override string Get(string? value) => "";
            [JsonRpcMethod("put")] public override void Set(string value) { }
            public new void Hidden() { }
        }

        [JsonSerializable(typeof(string))] public partial class Json : JsonSerializerContext;
        """));
}
