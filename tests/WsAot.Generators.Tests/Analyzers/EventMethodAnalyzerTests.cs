using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class EventMethodAnalyzerTests
{
    [Fact]
    public Task WSA011_wrong_return_types() => Check(Usings + """
        [WsRoute("/")] public class Handler
        {
            private int _field;
            [OnUpgrade] public static void {|WSA011:Check|}() { }
            [OnOpen] public ref int {|WSA011:Opened|}() => ref _field;
            [OnText] public string {|WSA011:Text|}() => "";
            [OnBinary] public Task<int> {|WSA011:Binary|}() => Task.FromResult(1);
            [OnPong] public Task? {|WSA011:Pong|}() => null;
            [OnDrained] public bool {|WSA011:Drained|}() => true;
            [OnClose] public async ValueTask<int> {|WSA011:Closed|}() { await Task.Yield(); return 1; }
        }
        [WsRoute("/b")]
        public class B { [OnUpgrade] public static WsUpgrade? {|WSA011:Check|}() => null; [OnOpen] public void Opened() { } }
        [WsRoute("/c")]
        public class C { [OnUpgrade] public static Task<WsUpgrade?> {|WSA011:Check|}() => null!; [OnOpen] public void Opened() { } }
        [WsRoute("/d")] public class D { [OnUpgrade] public static Task {|WSA011:Check|}() => null!; [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public Task WSA011_not_for_the_right_ones() => Check(Usings + """
        [WsRoute("/a")]
        public class A { [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept(); [OnOpen] public void Opened() { } }
        [WsRoute("/b")]
        public class B { [OnUpgrade] public static Task<WsUpgrade> Check() => null!; [OnText] public Task Text() => Task.CompletedTask; }
        [WsRoute("/c")]
        public class C
        {
            [OnUpgrade] public static ValueTask<WsUpgrade> Check() => default;
            [OnClose] public ValueTask Closed() => default;
        }
        """);

    [Fact]
    public async Task WSA011_for_an_upgrade_that_hands_over_what_nothing_takes()
    {
        var reported = await Check(Usings + """
            public class User; public class Admin : User;
            [WsRoute("/a")]
            public class A(Admin admin)
            {
                [OnUpgrade] public static WsUpgrade<User> {|WSA011:Check|}() => WsUpgrade.Reject(401);
                [OnOpen] public void Opened() { }
            }
            [WsRoute("/b")]
            public class B
            {
                [OnUpgrade] public static Task<WsUpgrade<string>> {|WSA011:Check|}() => null!;
                [OnText] public void Text(string text) { }
            }
            [WsRoute("/c")]
            public class C(User user)
            {
                [OnUpgrade] public static Task<WsUpgrade<User>?> {|WSA011:Check|}() => null!;
                [OnOpen] public void Opened() { }
            }
            """);
        Assert.Contains(
            "Let 'Check' return WsUpgrade, or give the constructor of 'A' a parameter of type 'User': nothing takes what it hands over",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA011_not_where_the_constructor_takes_it_or_a_base_class_hands_it_over() => Check(Usings + """
        using System.Collections.Generic;
        public class User;
        public abstract class Base { [OnUpgrade] public static Task<WsUpgrade<User>> Check() => null!; [OnOpen] public void Opened() { } }
        [WsRoute("/a")] public class A(WsConnection connection, User user) : Base;
        [WsRoute("/b")] public class B : Base;
        [WsRoute("/c/{name}")]
        public class C(string name, string user)
        {
            [OnUpgrade] public static WsUpgrade<string> Check() => WsUpgrade.AcceptWith("u");
            [OnOpen] public void Opened() { }
        }
        [WsRoute("/d")]
        public class D(int? id)
        {
            [OnUpgrade] public static ValueTask<WsUpgrade<int?>> Check() => default;
            [OnOpen] public void Opened() { }
        }
        [WsRoute("/e")]
        public class E((int, List<User?>) both)
        {
            [OnUpgrade] public static WsUpgrade<(int, List<User?>)> Check() => WsUpgrade.Reject(401);
            [OnOpen] public void Opened() { }
        }
        [WsRoute("/f")]
        public class F(User? user = null)
        {
            [OnUpgrade] public static WsUpgrade<User?> Check() => WsUpgrade.AcceptWith<User?>(null);
            [OnOpen] public void Opened() { }
        }
        """);

    [Fact]
    public Task WSA012_several_methods_for_one_event() => Check(Usings + """
        [WsRoute("/a")]
        public class A { [OnText] public void One(string text) { } [OnText] public void {|WSA012:Two|}(ReadOnlySpan<byte> utf8) { } }
        public abstract class Base { [OnText] public void Text() { } }
        [WsRoute("/b")] public class {|WSA012:B|} : Base { [OnText] public void Other() { } }
        """);

    [Fact]
    public Task WSA012_not_for_an_override() => Check(Usings + """
        public abstract class Base { [OnText] public virtual void Text() { } [OnOpen] public abstract void Opened(); }
        [WsRoute("/")] public class Handler : Base { [OnText] public override void Text() { } public override void Opened() { } }
        """);

    [Fact]
    public Task WSA014_no_event() => Check(Usings + """
        [WsRoute("/a")] public class {|WSA014:A|} { public void Text(string text) { } }
        [WsRoute("/b")] public class {|WSA014:B|} { [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept(); }
        """);

    [Fact]
    public Task WSA014_not_where_one_is_inherited() => Check(Usings + """
        public abstract class Base { [OnClose] public void Closed() { } }
        [WsRoute("/")] public class Handler : Base;
        """);

    [Fact]
    public Task WSA016_static_where_it_must_not_be_and_the_other_way_round() => Check(Usings + """
        [WsRoute("/")] public class Handler
        {
            [OnUpgrade] public WsUpgrade {|WSA016:Check|}() => WsUpgrade.Accept();
            [OnText] public static void {|WSA016:Text|}(string text) { }
        }
        """);

    [Fact]
    public Task WSA016_not_where_it_must_be() => Check(Usings + """
        [WsRoute("/")]
        public class Handler
        {
            [OnUpgrade] public static WsUpgrade Check() => WsUpgrade.Accept();
            [OnText] public void Text(string text) { }
        }
        """);

    [Fact]
    public Task WSA017_methods_that_cannot_be_called() => Check(Usings + """
        public interface IText { void Text(); }
        [WsRoute("/")] public class Handler : IText
        {
            [OnUpgrade] static WsUpgrade {|WSA017:Check|}() => WsUpgrade.Accept();
            [OnOpen] protected void {|WSA017:Opened|}() { }
            [OnText] void IText.{|WSA017:Text|}() { }
            [OnBinary] public void {|WSA017:Binary|}<T>() { }
            public int Count { [OnPong] {|WSA017:{|WSA011:get|}|} { return 1; } }
            [OnClose] private protected void {|WSA017:Closed|}() { }
        }
        """);

    [Fact]
    public Task WSA017_not_for_internal_ones() => Check(Usings + """
        [WsRoute("/")] public class Handler { [OnOpen] internal void Opened() { } [OnText] protected internal void Text() { } }
        """);

    [Fact]
    public Task WSA020_async_void() => Check(Usings + """
        [WsRoute("/")] public partial class Handler
        {
            [OnText] public async void {|WSA020:Text|}(string text) => await Task.Yield();
            [OnClose] public partial void {|WSA020:Closed|}();
            public async partial void Closed() => await Task.Yield();
        }
        """);

    [Fact]
    public Task WSA020_not_for_async_with_a_task() => Check(Usings + """
        [WsRoute("/")]
        public class Handler { [OnText] public async Task Text(string text) => await Task.Yield(); [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public Task Methods_of_JSON_RPC_must_be_callable_as_well() => Check(JsonUsings + """
        [WsRoute("/", Json = typeof(Json))] public class Handler
        {
            [JsonRpcMethod] public static void {|WSA016:Static|}() { }
            [JsonRpcMethod] private void {|WSA017:Private|}() { }
            [JsonRpcMethod] public void {|WSA017:Generic|}<T>() { }
            [JsonRpcMethod] public async void {|WSA020:AsyncVoid|}() => await Task.Yield();
            [JsonRpcMethod] public Task? {|WSA011:Null|}() => null;
            [JsonRpcMethod] public IAsyncEnumerable<int>? {|WSA011:NullStream|}(CancellationToken token) => null;
            [JsonRpcMethod] internal ValueTask<int> Right() => default;
        }
        [JsonSerializable(typeof(int))] public partial class Json : JsonSerializerContext;
        """);
}
