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
            [OnClose] public void Closed(WsClose close, byte[]? optional = null) { }
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
}
