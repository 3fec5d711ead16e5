using WsAot.Generators.Tests.Compilations;
using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class JsonRpcAnalyzerTests
{
    private const string Json =
        "\n[JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(string))] public partial class Json : JsonSerializerContext;\n";

    [Fact]
    public Task WSA022_no_context() => Check(JsonUsings + """
        [WsRoute("/a")] public class A { [JsonRpcMethod] public void {|WSA022:One|}() { } [JsonRpcMethod] public void Two() { } }
        [WsRoute("/b")] public class B(IClient {|WSA022:client|}) { [OnOpen] public void Opened() => client.Said(); }
        [WsRoute("/c", Json = null)]
        public class C(WsTopic<IClient> {|WSA022:topic|}) { [OnOpen] public void Opened() => topic["x"].Said(); }
        public abstract class Base { [JsonRpcMethod] public void One() { } }
        [WsRoute("/d")] public class {|WSA022:D|} : Base;
        [JsonRpcClient] public interface IClient { void Said(); }
        """);

    [Fact]
    public Task WSA022_not_with_one_nor_where_nothing_is_said_in_JSON() => Check(JsonUsings + Json + """
        [WsRoute("/a", Json = typeof(Json))] public class A { [JsonRpcMethod] public int Sum(int[] numbers) => 0; }
        [WsRoute("/b")] public class B { [OnText] public void Text(string text) { } }
        """);

    [Fact]
    public async Task WSA024_one_name_twice()
    {
        var reported = await Check(JsonUsings + Json + """
            [WsRoute("/a", Json = typeof(Json))] public class A
            {
                [JsonRpcMethod] public void One() { }
                [JsonRpcMethod] public void {|WSA024:One|}(int number) { }
                [JsonRpcMethod("One")] public void {|WSA024:Other|}() { }
            }
            public abstract class Base { [JsonRpcMethod] public void One() { } }
            [WsRoute("/b", Json = typeof(Json))] public class {|WSA024:B|} : Base { [JsonRpcMethod] public new void One() { } }
            [JsonRpcClient] public interface IClient { void Said(int number); void {|WSA024:Said|}(string text); }
            """);
        Assert.Contains(
            "Give 'Other' another name with [JsonRpcMethod(\"...\")]: 'One' has the name 'One' too",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA024_not_for_names_that_differ_nor_for_an_override() => Check(JsonUsings + Json + """
        public abstract class Base { [JsonRpcMethod] public virtual void Two() { } }
        [WsRoute("/", Json = typeof(Json))] public class Handler(IClient client) : Base
        {
            [JsonRpcMethod] public void One() => client.Said("");
            [JsonRpcMethod("one")] public void One(int number) { }
            [JsonRpcMethod] public override void Two() { }
        }
        [JsonRpcClient] public interface IClient { [JsonRpcMethod("number")] void Said(int number); void Said(string text); }
        """);

    [Fact]
    public async Task WSA025_what_cannot_be_JSON()
    {
        var reported = await Check(JsonUsings + Json + """
            [WsRoute("/", Json = typeof(Json))] public unsafe class Handler(IClient client)
            {
                private int _field;
                [JsonRpcMethod] public void Spans(ReadOnlySpan<byte> {|WSA025:bytes|}, Span<char> {|WSA025:chars|}) { }
                [JsonRpcMethod] public void Delegates(Action {|WSA025:action|}, List<Func<int>[]> {|WSA025:functions|}) { }
                [JsonRpcMethod] public void Pointers(int* {|WSA025:pointer|}, delegate*<void> {|WSA025:function|}) { }
                [JsonRpcMethod] public void References(in int {|WSA025:input|}, out int {|WSA025:output|},
                    ref CancellationToken {|WSA025:token|}) => output = 1;
                [JsonRpcMethod] public void Tasks(Task {|WSA025:task|}, ValueTask<int> {|WSA025:value|},
                    Dictionary<string, Task<int>> {|WSA025:many|}) { }
                [JsonRpcMethod] public void Others(int[,] {|WSA025:matrix|}, IAsyncEnumerable<int> {|WSA025:stream|},
                    IClient {|WSA025:other|}, WsTopic<IClient> {|WSA025:topic|}) { }
                [JsonRpcMethod] public void Unsupported(nint {|WSA025:handle|}, nuint? {|WSA025:size|}, List<Type> {|WSA025:types|}) { }
                [JsonRpcMethod] public ref int {|WSA025:Reference|}() => ref _field;
                [JsonRpcMethod] public Action {|WSA025:Delegate|}() => client.Done;
                [JsonRpcMethod] public Task<Task<int>> {|WSA025:TaskOfTask|}() => null!;
                [JsonRpcMethod] public Task<IAsyncEnumerable<int>> {|WSA025:TaskOfStream|}() => null!;
                [JsonRpcMethod] public IAsyncEnumerable<Task> {|WSA025:StreamOfTasks|}(CancellationToken cancellationToken) => null!;
            }
            [JsonRpcClient] public interface IClient { void Done(); }
            [JsonRpcClient]
            public interface IWrong
            {
                void Said(Span<int> {|WSA025:span|});
                Task<Action> {|WSA025:Delegate|}(ref int {|WSA025:reference|});
            }
            """);
        Assert.Contains(
            "Change the parameter 'functions' of 'Delegates': 'Func<int>' is a delegate, which the client cannot call; "
                + "give it a method to call",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public async Task WSA025_what_is_a_stream_by_what_it_implements()
    {
        var reported = await Check(JsonUsings + Json + """
            public interface IFeed : IAsyncEnumerable<int>;
            public class Feed : IFeed
            {
                public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => null!;
            }
            public class Both : Feed, IEnumerable<int>
            {
                public IEnumerator<int> GetEnumerator() => null!;
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!;
            }
            [WsRoute("/", Json = typeof(Json))] public class Handler
            {
                [JsonRpcMethod] public IFeed {|WSA025:Interface|}(CancellationToken token) => null!;
                [JsonRpcMethod] public Feed {|WSA025:Class|}(CancellationToken token) => null!;
                [JsonRpcMethod] public Task<List<Both>> {|WSA025:Deep|}(Feed {|WSA025:feed|}) => null!;
            }
            """);
        Assert.Contains(
            "Change the result of 'Class': 'Feed' implements IAsyncEnumerable<T>, so that it is a stream; "
                + "only a method of a handler can return one, as IAsyncEnumerable<T> itself",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA025_not_for_a_stream_with_a_converter_of_its_own() => Check(JsonUsings + """
        [JsonConverter(typeof(FeedConverter))] public class Feed : IAsyncEnumerable<int>
        {
            public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => null!;
        }
        public class FeedConverter : JsonConverter<Feed>
        {
            public override Feed Read(ref System.Text.Json.Utf8JsonReader reader, Type type,
                System.Text.Json.JsonSerializerOptions options) => null!;
            public override void Write(System.Text.Json.Utf8JsonWriter writer, Feed value,
                System.Text.Json.JsonSerializerOptions options) => writer.WriteNullValue();
        }
        [WsRoute("/", Json = typeof(Json))] public class Handler { [JsonRpcMethod] public Feed Get(Feed feed) => feed; }
        [JsonSerializable(typeof(Feed))] public partial class Json : JsonSerializerContext;
        """);

    [Theory]
    [InlineData(128, "Sum")]
    [InlineData(129, "{|WSA025:Sum|}")]
    public Task WSA025_more_parameters_than_a_call_has(int count, string name) => Check(JsonUsings + Json + $$"""
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [JsonRpcMethod] public void {{name}}({{string.Join(", ", Enumerable.Range(0, count).Select(static i => $"int p{i}"))}}) { }
        }
        """);

    [Fact]
    public Task WSA025_not_for_what_can() => Check(JsonUsings + """
        [WsRoute("/{id}", Json = typeof(Json))] public class Handler(int id)
        {
            [JsonRpcMethod] public Memory<byte> Bytes(byte[] bytes, int[][] jagged) => bytes.AsMemory(id);
            [JsonRpcMethod] public Dictionary<string, int?[]> Nested(object anything, WsConnection connection, WsRequest request,
                CancellationToken token) => null!;
            [JsonRpcMethod] public IEnumerable<int> Sequence(params List<int> numbers) => numbers;
        }
        [JsonSerializable(typeof(Memory<byte>))] [JsonSerializable(typeof(byte[]))] [JsonSerializable(typeof(int[][]))]
        [JsonSerializable(typeof(List<int>))]
        [JsonSerializable(typeof(Dictionary<string, int?[]>))] [JsonSerializable(typeof(object))]
        [JsonSerializable(typeof(IEnumerable<int>))]
        public partial class Json : JsonSerializerContext;
        """);

    [Fact]
    public Task Of_a_generic_method_its_type_parameters_are_the_one_mistake() => Check(JsonUsings + Json + """
        [WsRoute("/a", Json = typeof(Json))] public class A
        {
            [JsonRpcMethod] public T {|WSA017:One|}<T>(T value, List<T[]> values) => value;
            [JsonRpcMethod] public async Task<T?> {|WSA017:Two|}<T>(int number) where T : struct { await Task.Yield(); return null; }
            [JsonRpcMethod] public IAsyncEnumerable<T> {|WSA017:Three|}<T>(CancellationToken token) => null!;
            [JsonRpcMethod] public void {|WSA017:Four|}<T>({|WSA023:long|} number) { }
        }
        [WsRoute("/b")] public class B { [OnOpen] public void {|WSA017:Opened|}<T>(T value, IEquatable<T> service) { } }
        """);

    [Fact]
    public Task WSA026_what_a_client_interface_cannot_have() => Check(JsonUsings + """
        [JsonRpcClient] public interface IMembers
        {
            int {|WSA026:Property|} { get; set; }
            int {|WSA026:this|}[int index] { get; }
            event Action {|WSA026:Event|};
            void {|WSA026:Generic|}<T>(T value);
            static abstract void {|WSA026:Static|}();
            int {|WSA026:Value|}();
            IAsyncEnumerable<int> {|WSA026:Stream|}(CancellationToken cancellationToken);
            Task? {|WSA026:Null|}();
            void {|WSA026:Uncancellable|}(CancellationToken cancellationToken);
            Task {|WSA026:Two|}(CancellationToken one, CancellationToken two);
        }
        [JsonRpcClient] public interface {|WSA026:IGeneric|}<T> { void Said(T value); }
        public class Outer<T> { [JsonRpcClient] public interface {|WSA026:INested|} { void Said(); } }
        public class Hiding { [JsonRpcClient] private interface {|WSA026:IPrivate|} { void Said(); } }
        [JsonRpcClient] file interface {|WSA026:ILocal|} { void Said(); }
        public interface IBase { int Property { get; } }
        [JsonRpcClient] public interface {|WSA026:IDerived|} : IBase { void Said(); }
        """);

    [Fact]
    public Task WSA026_not_for_calls_and_what_has_a_body() => Check(JsonUsings + Json + """
        public interface IBase<T> { void Said(T value); }
        [JsonRpcClient] public interface IClient : IBase<string>
        {
            const int Number = 5;
            static int Count => Number;
            int Twice => Count * 2;
            void Both(string text) { Said(text); Said(text); }
            Task<int> Ask(CancellationToken cancellationToken = default);
            ValueTask Done();
        }
        [WsRoute("/", Json = typeof(Json))] public class Handler(IClient client) { [OnOpen] public void Opened() => client.Both(""); }
        """);

    [Fact]
    public Task A_handler_whose_client_is_wrong_is_reported_there_alone() => Check(JsonUsings + Json + """
        [JsonRpcClient] public interface IClient { int {|WSA026:Property|} { get; } }
        [JsonRpcClient] public interface {|WSA026:IGeneric|}<T> { void Said(T value); }
        [WsRoute("/a", Json = typeof(Json))] public class A(IClient client) { [OnOpen] public void Opened() => client.ToString(); }
        [WsRoute("/b", Json = typeof(Json))] public class B(IGeneric<int> client) { [OnOpen] public void Opened() => client.Said(1); }
        """);

    [Fact]
    public Task Only_constructors_take_clients_and_topics_are_of_clients() => Check(JsonUsings + Json + """
        [JsonRpcClient] public interface IClient { void Said(); }
        [WsRoute("/a", Json = typeof(Json))] public class A { [OnOpen] public void Opened(IClient {|WSA006:client|}) => client.Said(); }
        [WsRoute("/b", Json = typeof(Json))]
        public class B(WsTopic<IDisposable> {|WSA006:topic|}) { [OnOpen] public void Opened() => topic["x"].Dispose(); }
        """);

    [Fact]
    public Task WSA027_a_stream_that_cannot_be_cancelled() => Check(JsonUsings + Json + """
        [WsRoute("/", Json = typeof(Json))]
        public class Handler { [JsonRpcMethod] public IAsyncEnumerable<int> {|WSA027:Count|}(int to) => null!; }
        """);

    [Fact]
    public Task WSA027_not_with_a_token() => Check(JsonUsings + Json + """
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [JsonRpcMethod] public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token)
            {
                await Task.Delay(to, token);
                yield return 1;
            }
        }
        """);

    [Fact]
    public Task WSA028_text_and_JSON() => Check(JsonUsings + Json + """
        [JsonRpcClient] public interface IClient { void Said(); }
        [WsRoute("/a", Json = typeof(Json))]
        public class A { [OnText] public void {|WSA028:Text|}() { } [JsonRpcMethod] public void Said() { } }
        [WsRoute("/b", Json = typeof(Json))]
        public class B(IClient client) { [OnText, OnBinary] public void {|WSA028:Text|}() => client.Said(); }
        """);

    [Fact]
    public Task WSA028_not_for_other_events() => Check(JsonUsings + Json + """
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept();
            [OnOpen] public void Opened() { }
            [OnBinary] public void Binary(ReadOnlySpan<byte> bytes) { }
            [OnPong] public void Pong() { }
            [OnClose] public void Closed() { }
            [JsonRpcMethod] public void Said() { }
        }
        """);

    [Fact]
    public Task WSA029_no_context_that_can_be_used() => Check(JsonUsings + """
        [WsRoute("/1", Json = {|WSA029:typeof(string)|})] public class A { [JsonRpcMethod] public void M() { } }
        [WsRoute("/2", Json = {|WSA029:typeof(JsonSerializerContext)|})] public class B { [JsonRpcMethod] public void M() { } }
        [WsRoute("/3", Json = {|WSA029:typeof(Abstract)|})] public class C { [JsonRpcMethod] public void M() { } }
        [WsRoute("/4", Json = {|WSA029:typeof(Generic<>)|})] public class D { [JsonRpcMethod] public void M() { } }
        [WsRoute("/5", Json = {|WSA029:typeof(int[])|})] public class E { [OnOpen] public void M() { } }
        public class Outer
        {
            private abstract class Hidden : JsonSerializerContext { protected Hidden() : base(null) { } }
            private class Private : JsonSerializerContext
            {
                public Private() : base(null) { }
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            }
            [WsRoute("/6", Json = {|WSA029:typeof(Private)|})] public class F { [JsonRpcMethod] public void M() { } }
        }
        public abstract class Abstract() : JsonSerializerContext(null);
        public class Handmade() : JsonSerializerContext(null)
        {
            private static Handmade Default { get; } = new();
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
        }
        [WsRoute("/7", Json = {|WSA029:typeof(Handmade)|})] public class G { [JsonRpcMethod] public void M() { } }
        public abstract class Generic<T>() : JsonSerializerContext(null);
        """);

    [Fact]
    public Task WSA029_not_for_one_that_can_nor_for_one_that_does_not_exist() => Check(JsonUsings + """
        public static class Outer
        {
            [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
        }
        [WsRoute("/a", Json = typeof(Outer.Json))] public class A { [JsonRpcMethod] public void M() { } }
        [JsonSerializable(typeof(int))] internal partial class Base : JsonSerializerContext;
        internal class Derived : Base;
        [WsRoute("/c", Json = typeof(Derived))] public class C { [JsonRpcMethod] public int M() => 1; }
        public class Handmade() : JsonSerializerContext(null)
        {
            public static Handmade Default { get; } = new();
            public System.Text.Json.Serialization.Metadata.JsonTypeInfo<int> Int32 => null!;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
        }
        [WsRoute("/d", Json = typeof(Handmade))] public class D { [JsonRpcMethod] public int M() => 1; }
        [WsRoute("/b", Json = typeof(Missing))] public class B { [JsonRpcMethod] public void M(AlsoMissing[] missing) { } }
        """.Replace("public static class Outer", "public static partial class Outer", StringComparison.Ordinal));

    [Fact]
    public Task WSA030_names_that_JSON_RPC_keeps_to_itself() => Check(JsonUsings + Json + """
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [JsonRpcMethod("rpc.discover")] public void {|WSA030:Discover|}() { }
            [JsonRpcMethod("$/progress")] public void {|WSA030:Progress|}() { }
            [JsonRpcMethod("")] public void {|WSA030:Empty|}() { }
            [JsonRpcMethod("half \uD83D")] public void {|WSA030:Half|}() { }
        }
        [JsonRpcClient] public interface IClient { [JsonRpcMethod("rpc.x")] void {|WSA030:Said|}(); }
        """);

    [Fact]
    public Task WSA030_not_for_others() => Check(JsonUsings + Json + """
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [JsonRpcMethod("rpc")] public void One() { }
            [JsonRpcMethod("rpcx")] public void Two() { }
            [JsonRpcMethod("$")] public void Three() { }
            [JsonRpcMethod(" \0\U0001F600")] public void Four() { }
            [JsonRpcMethod(null)] public void Five() { }
        }
        """);

    [Fact]
    public async Task WSA031_two_interfaces_with_a_method_of_one_name()
    {
        var reported = await Check(JsonUsings + Json + """
            [JsonRpcClient] public interface IOne { void Said(string text); void Left(); }
            [JsonRpcClient] public interface ITwo { void Said(string text); }
            [JsonRpcClient] public interface IThree { [JsonRpcMethod("Left")] Task<int[]> Gone(string who); }
            [WsRoute("/a", Json = typeof(Json))] public class A(IOne one, ITwo {|WSA031:two|}, WsTopic<IThree> {|WSA031:three|})
            {
                [OnOpen] public void Opened() { one.Left(); two.Said(""); three["x"].Gone(""); }
            }
            [WsRoute("/b", Json = typeof(Json))] public class B(WsTopic<IThree> three, WsTopic<IOne> {|WSA031:one|})
            {
                [OnOpen] public void Opened() { one["x"].Left(); three["x"].Gone(""); }
            }
            """);
        Assert.Contains(
            "Give 'Gone' of 'IThree' another name with [JsonRpcMethod(\"...\")], or take only one of the two interfaces: "
                + "'Left' of 'IOne' has the name 'Left' too",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA031_not_for_one_interface_nor_for_what_two_inherit_nor_in_two_handlers() => Check(JsonUsings + Json + """
        public interface ICommon { void Left(); }
        [JsonRpcClient] public interface IOne : ICommon { void Said(string text); }
        [JsonRpcClient] public interface ITwo : ICommon { [JsonRpcMethod("two/said")] void Said(string text); }
        [JsonRpcClient] public interface IThree { void Said(string text); }
        [WsRoute("/a", Json = typeof(Json))] public class A(IOne one, IOne again, WsTopic<IOne> all, ITwo two)
        {
            [OnOpen] public void Opened() { one.Left(); again.Left(); all["x"].Left(); two.Left(); }
        }
        [WsRoute("/b", Json = typeof(Json))] public class B(IThree three) { [OnOpen] public void Opened() => three.Said(""); }
        """);

    private const string Written = """

        public record Point(int X); public record Line(Point From, Point To); public record Circle(Point Middle); public class Empty;
        public class Fields { public Point? Field; }
        [JsonDerivedType(typeof(Derived))] public class Base; public class Derived : Base { public int X { get; set; } }
        [JsonConverter(typeof(Converter))] public record Converted(int X);
        public class Converter : JsonConverter<Converted>
        {
            public override Converted Read(ref System.Text.Json.Utf8JsonReader reader, Type type,
                System.Text.Json.JsonSerializerOptions options) => new(reader.GetInt32());
            public override void Write(System.Text.Json.Utf8JsonWriter writer, Converted value,
                System.Text.Json.JsonSerializerOptions options) => writer.WriteNumberValue(value.X);
        }
        [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
        [JsonSerializable(typeof(List<Point>))] [JsonSerializable(typeof(Line), GenerationMode = JsonSourceGenerationMode.Metadata)]
        [JsonSerializable(typeof(Circle), GenerationMode = JsonSourceGenerationMode.Default)]
        [JsonSerializable(typeof(Dictionary<string, int>))]
        [JsonSerializable(typeof(Converted))] [JsonSerializable(typeof(Empty))] [JsonSerializable(typeof(Fields))]
        [JsonSerializable(typeof(Base))]
        public partial class Fast : JsonSerializerContext;
        [JsonSerializable(typeof(Line), GenerationMode = JsonSourceGenerationMode.Serialization)] [JsonSerializable(typeof(Circle))]
        [JsonSerializable(typeof(List<Point>))]
        public partial class Mixed : JsonSerializerContext;
        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof(Line), GenerationMode = JsonSourceGenerationMode.Serialization)]
        [JsonSerializable(typeof(Circle))]
        public partial class Named : JsonSerializerContext;

        """;

    [Fact]
    public async Task WSA032_what_is_read_and_can_only_be_written()
    {
        var reported = await Check(JsonUsings + Written + """
            [JsonRpcClient] public interface IClient { Task<Point> Ask(Point point); }
            [WsRoute("/a", Json = typeof(Fast))] public class A(IClient {|WSA032:client|}, WsTopic<IClient> {|WSA032:topic|})
            {
                [JsonRpcMethod] public Point One(int known, Point {|WSA032:point|}) => point;
                [JsonRpcMethod] public void Two(List<Point> {|WSA032:points|}, Base {|WSA032:shape|})
                {
                    client.Ask(points[0]);
                    topic["x"].Ask(points[0]);
                }
            }
            public abstract class Base1 { [JsonRpcMethod] public void Three(Point point) { } }
            [WsRoute("/b", Json = typeof(Fast))] public class {|WSA032:B|} : Base1;
            [WsRoute("/c", Json = typeof(Mixed))] public class C { [JsonRpcMethod] public void Four(Line {|WSA032:line|}) { } }
            [WsRoute("/d", Json = typeof(Named))] public class D { [JsonRpcMethod] public void Five(Line {|WSA032:line|}) { } }
            """);
        Assert.Contains(
            "Use JsonSourceGenerationMode.Default for 'Point' in 'Fast': "
                + "the parameter 'points' of 'Two' is read, and JsonSourceGenerationMode.Serialization can only write it",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public async Task WSA032_not_for_what_is_only_written_nor_for_what_can_be_read_all_the_same()
    {
        const string Handlers = """
            [JsonRpcClient] public interface IClient { Task<Line> Ask(Point point); void Said(Line line); }
            [WsRoute("/a", Json = typeof(Fast))] public class A
            {
                [JsonRpcMethod] public List<Point> One(int number, string text, Dictionary<string, int> pairs, Converted converted,
                    Empty empty, Fields fields) => [new(number)];
                [JsonRpcMethod] public Base Two() => new Derived();
                [JsonRpcMethod] public async IAsyncEnumerable<Point> Three([EnumeratorCancellation] CancellationToken token)
                {
                    await Task.Yield();
                    yield return new(1);
                }
            }
            [WsRoute("/b", Json = typeof(Named))]
            public class B { [JsonRpcMethod] public Line One(Point point, Circle circle) => new(circle.Middle, point); }
            """;
        await Check(JsonUsings + Written + Handlers);
        // If an analyzer missed an error, the call would fail.
        using var routes = new RunningRoutes(JsonUsings + Written + Handlers);
        const string Parameters = """{"number":5,"text":"","pairs":{"a":1},"converted":7,"empty":{},"fields":{}}""";
        Assert.Equal("""[{"X":5}]""", routes.Open("/a").Call("One", Parameters));
        Assert.Equal("""{"From":{"X":2},"To":{"X":1}}""", routes.Open("/b").Call("One", """[{"X":1},{"Middle":{"X":2}}]"""));
    }
}
