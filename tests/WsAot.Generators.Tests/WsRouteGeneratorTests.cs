using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests;

public class WsRouteGeneratorTests
{
    [Fact]
    public void No_handler_makes_an_empty_table() => Snapshot.Match(GeneratorRun.Generate("class Program;"));

    [Fact]
    public void One_handler() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using WsAot;

        namespace MyApp;

        [WsRoute("/chat/{room}", Subprotocols = ["chat.v1", "chat.v2"], MaxMessageBytes = 64 * 1024,
            SlowConsumer = SlowConsumerPolicy.Close)]
        public sealed class Chat(WsConnection connection, string room)
        {
            [OnOpen] public void Joined() => connection.Subscribe(room);
            [OnText] public void Said(ReadOnlySpan<byte> utf8) { connection.Publish(room, utf8); }
            [OnClose] public void Left(WsClose close) { }
        }
        """));

    [Fact]
    public void Route_values_that_are_enums_or_times() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using WsAot;

        namespace MyApp;

        public enum Color { Red = 1, Green, Blue, @event, Crimson = 1 }
        [Flags] public enum Permissions { Read = 1, Write = 2 }

        [WsRoute("/{color}/{permissions}/{time}/{offset}")]
        public sealed class Picture(Color color, Permissions permissions, DateTime time, DateTimeOffset offset)
        {
            [OnOpen] public void Opened() => Console.WriteLine($"{color} {permissions} {time} {offset}");
        }
        """));

    [Fact]
    public void Every_event_and_every_source_of_an_argument() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using WsAot;

        namespace MyApp;

        public interface IClock;
        public interface IRepository<T>;

        [WsRoute("/orders/{shop}/{number}/{id}/{*rest}", MaxFragments = 3, MaxPendingOutputBytes = 4096, MaxMessageBytes = 0)]
        internal sealed class Orders(
            WsConnection connection, WsRequest request, CancellationToken closed, IServiceProvider services,
            string shop, int number, string rest, IClock clock, IRepository<string?> names, IClock? other, IClock third = null!,
            int limit = 5, string title = "none", IClock? fourth = null, params string[] more)
        {
            [OnUpgrade]
            public static async Task<WsUpgrade> Check(WsRequest request, Guid id, IClock clock, CancellationToken cancellationToken)
            {
                await Task.Delay(0, cancellationToken);
                return WsUpgrade.Reject(401);
            }

            [OnOpen] public async Task Opened(WsConnection c, Guid id) { await Task.Yield(); }
            [OnText] public async ValueTask Text(string text, string shop, string rest) { await Task.Yield(); }
            [OnBinary] internal ValueTask Binary(ReadOnlyMemory<byte> bytes, WsRequest r, CancellationToken t) => default;
            [OnPong] public void Pong(ReadOnlySpan<byte> payload, IServiceProvider s) { }
            [OnDrained] public ValueTask Drained(WsConnection c, IClock clock) => default;
            [OnClose] public Task Closed(WsClose close, IClock? clock) => Task.CompletedTask;
        }
        """));

    [Fact]
    public void One_method_can_take_two_events() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using WsAot;

        [WsRoute("/echo")]
        internal sealed class Echo(WsConnection connection)
        {
            [OnText, OnBinary] public void Back(ReadOnlySpan<byte> payload) => connection.Send(payload);
        }
        """));

    [Fact]
    public void Methods_of_base_classes_are_called_where_they_are_declared() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using System.Threading.Tasks;
        using WsAot;

        namespace MyApp;

        public abstract class Session<T>
        {
            [OnOpen] public virtual Task Opened() => Task.CompletedTask;
            [OnText] public abstract void Text(string text);
            [OnClose] public void Hidden() { }
            [OnUpgrade] public static WsUpgrade Check(WsRequest request) => WsUpgrade.Accept();
        }

        [WsRoute("/derived")]
        public class Derived : Session<int>
        {
            public override Task Opened() => Task.CompletedTask;
            [OnText] public override void Text(string text) { }
            public new void Hidden() { }
        }
        """));

    [Fact]
    public void Many_routes_become_a_decision_tree() => Snapshot.Match(GeneratorRun.Generate(Handlers(
        "/", "/a/{x}/c", "/{y}/b/d", "/a/b", "/files/{*rest}", "/files/", "/files/new", "/caf%C3%A9/\u20ac", "/a%2Fb", "/x'\\\\/y",
        "/r/one", "/r/two", "/r/six", "/r/ten", "/r/three", "/r/{number}", "/deep/{a}/{b}/{c}/{*d}")));

    [Fact]
    public void Handlers_of_one_name_get_classes_of_their_full_names() => Snapshot.Match(GeneratorRun.Generate("""
        using WsAot;

        namespace A { [WsRoute("/1")] public class Chat { [OnOpen] public void M() { } } }
        namespace B { [WsRoute("/2")] public class Chat { [OnOpen] public void M() { } } }
        namespace C { public class Outer { [WsRoute("/3")] internal record class chat { [OnOpen] internal void M() { } } } }
        [WsRoute("/4")] public class A_Chat { [OnOpen] public void M() { } }
        [WsRoute("/5")] public class @class { [OnOpen] public void @void(System.IServiceProvider @in) { } }
        """));

    [Fact]
    public void Values_of_the_query_of_every_kind() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using WsAot;

        namespace MyApp;

        public enum Color { Red, Green }

        [WsRoute("/lists/{name}")]
        public sealed class Lists(
            string name, string text, string? perhaps, int page, Color color, DateTime? since, [FromQuery("a b")] Guid id, string[] tag,
            byte[] bytes, System.Net.IPAddress? address, int size = 10, Color back = Color.Green, long? limit = 5, string title = "x\"y",
            decimal price = 1.5m, bool isOpen = false, DateOnly day = default, params string[] more)
        {
            [OnUpgrade] public static WsUpgrade Check(string token, int page, string kind = "any") => WsUpgrade.Accept();
            [OnOpen] public void Opened() { }
        }

        [WsRoute("/texts")]
        public sealed class Texts(string? text = null)
        {
            [OnOpen] public void Opened() => Console.WriteLine(text);
        }
        """));

    [Fact]
    public void Servers_and_loggers_and_disposal() => Snapshot.Match(GeneratorRun.Generate("""
        using System;
        using System.Threading.Tasks;
        using System.Text.Json.Serialization;
        using Microsoft.Extensions.Logging;
        using WsAot;

        namespace MyApp;

        public interface IStore<T>;
        [Obsolete("x")] public sealed class Old(ILogger<Old> log);
        public static class Start
        {
            public static void Run(IServiceProvider services) => services.GetService(typeof(ILogger<Start.Inner[]>));
            private class Hidden(ILogger<Hidden> log);
            public class Inner;
        }
        public class Generic<T>(ILogger<T> log, ILogger<Generic<T>> other);
        file class Local(ILogger<Local> log);

        [WsRoute("/a")]
        public sealed class A(WsServer server, ILogger<A> log, IStore<string?> store) : IDisposable
        {
            [OnUpgrade] public static WsUpgrade Check(WsServer server, ILogger<A> log, IStore<int> store) => WsUpgrade.Accept();
            [OnOpen] public void Opened(WsServer server, ILogger<Old> log, IStore<int>? store) { }
            public void Dispose() { }
        }

        public abstract class Base : IAsyncDisposable { public virtual ValueTask DisposeAsync() => default; }

        [WsRoute("/b", Json = typeof(Json))]
        public sealed class B : Base, IDisposable
        {
            [JsonRpcMethod] public int Count(WsServer server) => server.ConnectionCount;
            void IDisposable.Dispose() { }
        }

        [WsRoute("/c")]
        public sealed class C : IDisposable
        {
            [OnOpen] public void Opened() { }
            void IDisposable.Dispose() { }
        }

        [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
        """));

    [Fact]
    public void A_handler_with_a_mistake_is_left_out_and_the_others_stay()
    {
        string source = TestCompilation.Usings + """
            [WsRoute("/good")] class Good { [OnOpen] public void M() { } }
            [WsRoute("/bad")] class Bad { [OnOpen] public int M() => 1; }
            """;
        string file = GeneratorRun.Generate(source);
        Assert.Contains("\"/good\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/bad\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_with_names_of_ours_and_of_the_framework_still_compiles() => GeneratorRun.Generate("""
        namespace MyApp.System { public class Threading; public class String; }
        namespace MyApp.WsAot { public class Routing; public class WsConnection; public class WsRoute; }
        namespace WsAot.System { public class Object; public class Threading; public class ReadOnlySpan<T>; }
        namespace WsAot.global { public class Unsafe; }
        namespace MyApp
        {
            public class Unsafe;
            public class Task;

            [global::WsAot.WsRoute("/{id}")]
            public class WsRoutes(global::WsAot.WsConnection connection, global::System.Guid id)
            {
                public class RouteTable;

                [global::WsAot.OnText] public global::System.Threading.Tasks.Task OnText(string Table) =>
                    global::System.Threading.Tasks.Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public void A_class_named_System_still_compiles() => GeneratorRun.Generate("""
        namespace MyApp;
        public class System;
        [WsAot.WsRoute("/a/{b}")]
        public class Handler(WsAot.WsConnection connection, string b) { [WsAot.OnText] public void Text(string text) { } }
        """);

    [Theory]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Enable)]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Disable)]
    [InlineData(LanguageVersion.Preview, NullableContextOptions.Disable)]
    public void Older_and_newer_settings_compile(LanguageVersion version, NullableContextOptions nullable)
    {
        string source = TestCompilation.Usings + """
            [Obsolete("x")] [WsRoute("/a/{id}/{*rest}", Subprotocols = new[] { "a" })]
            public class Handler
            {
                public Handler(WsConnection connection, Uri service, string rest, Uri optional = null) { }
                [Obsolete] [OnText] public void Text(ReadOnlySpan<byte> text, Guid id) { }
                [OnUpgrade] public static ValueTask<WsUpgrade> Check(Guid id) => new(WsUpgrade.Accept());
            }
            """;
        var options = new CSharpParseOptions(version);
        string file = GeneratorRun.Generate(TestCompilation.Create(options, nullable, source), out _);
        Assert.Contains("\"/a/{id}/{*rest}\"", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Obsolete")]
    [InlineData("Obsolete(\"x\")")]
    [InlineData("Obsolete(\"x\", error: true)")]
    [InlineData("Obsolete(\"x\", DiagnosticId = \"MY001\")")]
    [InlineData("Obsolete(\"x\", error: true, DiagnosticId = \"MY001\")")]
    [InlineData("System.Diagnostics.CodeAnalysis.Experimental(\"MY001\")")]
    public void What_is_obsolete_or_experimental_is_served_all_the_same(string mark)
    {
        const string Code = """
            [MARK] public sealed class Service;
            [MARK] public sealed class User;
            [MARK] public readonly struct Id : ISpanParsable<Id>
            {
                public static Id Parse(string text, IFormatProvider? provider) => default;
                public static Id Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => default;
                public static bool TryParse(string? text, IFormatProvider? provider, out Id id) { id = default; return true; }
                public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Id id) { id = default; return true; }
            }
            [MARK] public abstract class Base { [OnBinary] public void Binary() { } }
            [MARK] [WsRoute("/class/{id}")] public class Marked(Service service, User user, Id id) : Base
            {
                [OnUpgrade] public static WsUpgrade<User> Check() => WsUpgrade.AcceptWith(new User());
                [OnText] public void Text(string text) => (service, user, id).ToString();
            }
            [WsRoute("/members")] public class Handler
            {
                [MARK] public Handler(Service service) { }
                [MARK] [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept();
                [MARK] [OnText] public void Text(string text) { }
                [MARK] [OnClose] public void Closed(WsClose close) { }
            }
            [MARK] public static class Outer { [WsRoute("/nested")] public class Nested { [OnPong] public void Pong() { } } }
            """;
        string file = GeneratorRun.Generate(TestCompilation.Usings + Code.Replace("MARK", mark, StringComparison.Ordinal));
        Assert.Equal(3, file.Split("WsRouteOptions(").Length - 1);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        string[] files = [.. Enumerable.Range(0, 6).Select(static i =>
            $"using WsAot; namespace N{i % 3} {{ [WsRoute(\"/{(char)('f' - i)}\")] public class Handler{i % 2} {{ [OnOpen] public void "
            + $"Opened() {{ }} }} }}")];
        string file = GeneratorRun.Generate(files);
        for (int first = 1; first < files.Length; first++)
        {
            Assert.Equal(file, GeneratorRun.Generate([.. files[first..], .. files[..first]]));
        }
    }

    [Fact]
    public void Lines_end_in_a_line_feed_alone()
    {
        string file = GeneratorRun.Generate(Handlers("/a", "/b").Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', file);
        Assert.EndsWith("}\n", file, StringComparison.Ordinal);
        Assert.DoesNotContain(" \n", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_handlers_of_ten_methods_compile()
    {
        string members = string.Concat(Enumerable.Range(0, 5).Select(static i => $"public void Other{i}() {{ }} "));
        string source = TestCompilation.Usings + string.Concat(Enumerable.Range(0, 500).Select(i => $$"""
            [WsRoute("/api/handler{{i:000}}/{id}")] public class Handler{{i}}(WsConnection connection, int id)
            {
                [OnOpen] public void Opened() { }
                [OnText] public void Text(ReadOnlySpan<byte> text) { }
                [OnBinary] public Task Binary(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
                [OnPong] public void Pong() { }
                [OnClose] public void Closed() { }
                {{members}}
            }

            """));
        var table = LoadedRoutes.Load(source);
        Assert.Equal(500, table.Routes.Count);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal($"/api/handler{i:000}/{{id}}", table.Match($"/api/handler{i:000}/7")));
        Assert.Null(table.Match("/api/handler500/7"));
    }

    [Fact]
    public void The_check_for_cached_steps_fails_when_a_template_changes()
    {
        var compilation = TestCompilation.Create(Handlers("/a"));
        GeneratorDriver driver = GeneratorRun.CreateDriver(compilation).RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        var edited =
            compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(Handlers("/b"), TestCompilation.ParseOptions, tree.FilePath));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GeneratorRun.AssertCached(driver.RunGenerators(edited), TrackingNames.All));
    }

    /// <summary>A handler for each template.</summary>
    internal static string Handlers(params string[] templates) =>
        TestCompilation.Usings + string.Concat(templates.Select(static (template, i) =>
            $"[WsRoute(\"{template}\")] public class "
            + $"Handler{i}({string.Join(", ", Names(template).Select(static name => "string " + name))}) "
            + "{ [OnOpen] public void Opened() { } }\n"));

    private static IEnumerable<string> Names(string template) =>
        template.Split('/').Where(static segment => segment.StartsWith('{')).Select(static segment => segment.Trim('{', '}', '*'));
}
