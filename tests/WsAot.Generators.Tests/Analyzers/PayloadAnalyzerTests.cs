using WsAot.Generators.Tests.Compilations;
using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class PayloadAnalyzerTests
{
    [Fact]
    public Task WSA013_a_span_in_an_asynchronous_method() => Check(Usings + """
        [WsRoute("/")] public class Handler
        {
            [OnText] public Task Text(ReadOnlySpan<byte> {|WSA013:utf8|}) => Task.CompletedTask;
            [OnBinary] public ValueTask Binary(ReadOnlySpan<byte> {|WSA013:bytes|}) => default;
        }
        """);

    [Fact]
    public Task WSA013_not_in_a_synchronous_method_nor_for_memory() => Check(Usings + """
        [WsRoute("/")] public class Handler
        {
            [OnText] public void Text(ReadOnlySpan<byte> utf8) { }
            [OnBinary] public async Task Binary(ReadOnlyMemory<byte> bytes) => await Task.Yield();
        }
        """);

    [Fact]
    public async Task WSA019_payloads_that_the_event_does_not_have()
    {
        var reported = await Check(Usings + """
            [WsRoute("/")] public class A
            {
                [OnOpen] public void Opened(string {|WSA019:greeting|}) { }
                [OnText] public void Text(byte[] {|WSA019:bytes|}) { }
                [OnBinary] public void Binary(string {|WSA019:text|}, ReadOnlySpan<char> {|WSA019:chars|}) { }
                [OnPong] public void Pong(Memory<byte> {|WSA019:payload|}) { }
                [OnDrained] public void Drained(WsClose {|WSA019:how|}) { }
                [OnClose] public void Closed(ReadOnlyMemory<byte> {|WSA019:reason|}) { }
            }
            [WsRoute("/b")] public class B
            {
                [OnText] public void Text(string one, ReadOnlySpan<byte> {|WSA019:two|}, WsClose {|WSA019:close|}) { }
                [OnBinary] public void Binary(string {|WSA019:text|} = "", params byte[] {|WSA019:bytes|}) { }
                [OnOpen] public void Opened(WsClose {|WSA019:close|} = default) { }
                [OnClose] public void Closed(WsClose one, WsClose {|WSA019:two|}) { }
            }
            """);
        Assert.Contains(
            "Change the parameter 'text' of 'Binary': [OnBinary] gives ReadOnlySpan<byte> or ReadOnlyMemory<byte>",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
        Assert.Contains(
            "Change the parameter 'how' of 'Drained': [OnDrained] gives no payload",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA019_not_for_what_the_event_has_or_nothing() => Check(Usings + """
        [WsRoute("/a/{room}")] public class A
        {
            [OnOpen] public void Opened(string room) { }
            [OnText] public void Text(string room, string text) { }
            [OnBinary] public void Binary(ReadOnlyMemory<byte> bytes, string room) { }
            [OnPong] public void Pong(ReadOnlySpan<byte> payload) { }
            [OnClose] public void Closed(WsClose close) { }
        }
        [WsRoute("/b")]
        public class B
        {
            [OnText] public void Text() { }
            [OnBinary] public void Binary() { }
            [OnPong] public void Pong() { }
            [OnClose] public void Closed() { }
        }
        """);

    [Fact]
    public async Task WSA035_messages_that_are_asked_for_as_services()
    {
        var reported = await Check(Usings + """
            public record Message(string Text);
            public class Data { public string? Text { get; set; } public override string ToString() => ""; }
            public class Fields { public int Number; }
            [WsRoute("/")] public class Handler
            {
                [OnText, OnBinary] public void Said(Message {|WSA035:message|}) { }
            }
            [WsRoute("/b")] public class Other
            {
                [OnText] public void Said(Data {|WSA035:data|}, WsConnection connection) { }
                [OnBinary] public void Sent(Fields? {|WSA035:fields|} = null) { }
            }
            """);
        Assert.Equal(3, reported.Length);
        Assert.Contains(
            "Take the message as a string or a ReadOnlySpan<byte> and deserialize it, make the method a [JsonRpcMethod], or take the "
                + "service in the constructor: 'data' of 'Said' asks for a registered service of type 'Data', which looks like a message",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public async Task WSA035_is_a_warning_so_the_handler_is_served()
    {
        string source = Usings + "public record M; [WsRoute(\"/\")] public class Handler { [OnText] public void Said(M m) { } }";
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, Assert.Single(await Run(source)).Severity);
        Assert.Contains("WsRouteOptions(", GeneratorRun.Generate(source), StringComparison.Ordinal);
    }

    [Fact]
    public Task WSA035_not_for_services_nor_where_the_message_is_taken() => Check(Usings + """
        public interface IClock;
        public record User(string Name);
        public abstract record Shape;
        public class Counter { public int Count { get; private set; } public void Add() => Count++; }
        public class Base { public int Count { get; set; } public void Add() { } }
        public class Derived : Base;
        public class Empty;
        [WsRoute("/")] public class Handler(User user)
        {
            [OnOpen] public void Opened(User user) { }
            [OnText] public void Text(IClock clock, Counter counter, Derived derived, Shape shape, Empty empty, Func<User> factory) { }
            [OnBinary] public void Binary(ReadOnlySpan<byte> bytes, User user) { }
        }
        """);

    [Fact]
    public async Task WSA036_a_text_that_is_a_route_value()
    {
        var reported = await Check(Usings + """
            [WsRoute("/room/{text}")] public class A { [OnText] public void Said(string {|WSA036:text|}) { } }
            [WsRoute("/files/{*rest}")] public class B { [OnText, OnBinary] public void Said(string {|WSA036:rest|}) { } }
            """);
        Assert.Contains(
            "Rename 'text' of 'Said' to take the message, or take the route value 'text' in the constructor of 'A': "
                + "a parameter with the name of a route value gets that value, and no parameter of 'Said' takes the message",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA036_not_where_the_message_is_taken_or_is_no_text() => Check(Usings + """
        [WsRoute("/{room}/{number}")] public class A(string room)
        {
            [OnOpen] public void Opened(string room) { }
            [OnText] public void Said(string room, string text) { }
            [OnBinary] public void Sent(string room) { }
            [OnClose] public void Closed(string room, int number) { }
        }
        [WsRoute("/b/{number}")] public class B { [OnText] public void Said(int number) { } }
        """);
}
