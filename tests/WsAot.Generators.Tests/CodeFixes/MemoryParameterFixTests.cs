using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class MemoryParameterFixTests
{
    [Fact]
    public async Task A_payload_is_taken_as_memory() => Assert.Equal(
        Source("ReadOnlyMemory<byte> bytes", "=> SendAsync(connection.SendBinary(bytes));"),
        await Fix("WSA013", Source("ReadOnlySpan<byte> bytes", "=> SendAsync(connection.SendBinary(bytes));")));

    [Fact]
    public async Task Where_it_is_read_as_a_span_its_span_is_read() => Assert.Equal(
        Source(
            "ReadOnlyMemory<byte> bytes",
            "{ byte first = bytes.Span[0]; await SendAsync(connection.SendBinary(bytes.Span[1..] /* the rest */)); }",
            "async "),
        await Fix(
            "WSA013",
            Source(
                "ReadOnlySpan<byte> bytes",
                "{ byte first = bytes[0]; await SendAsync(connection.SendBinary(bytes[1..] /* the rest */)); }",
                "async ")));

    [Fact]
    public async Task All_are_corrected_at_once() => Assert.Equal(
        Usings + """
            [WsRoute("/a")] public class A
            {
                [OnText] public Task Text(ReadOnlyMemory<byte> text) => Task.CompletedTask;
                [OnBinary] public async Task Binary(ReadOnlyMemory<byte> bytes) => await Task.Delay(bytes.Length);
            }
            """,
        await FixAll("WSA013", Usings + """
            [WsRoute("/a")] public class A
            {
                [OnText] public Task Text(ReadOnlySpan<byte> text) => Task.CompletedTask;
                [OnBinary] public async Task Binary(ReadOnlySpan<byte> bytes) => await Task.Delay(bytes.Length);
            }
            """));

    private static string Source(string parameter, string body, string async = "") => Usings + $$"""
        [WsRoute("/")] public class Handler(WsConnection connection)
        {
            [OnBinary] public {{async}}Task Binary({{parameter}}) {{body}}
            private static Task SendAsync(SendResult result) => Task.CompletedTask;
        }
        """;
}
