using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class ReturnTypeFixTests
{
    [Theory]
    [InlineData("SendResult", "=> connection.Send(text);", "void")]
    [InlineData("Task<int>", "=> Task.FromResult(text.Length);", "Task")]
    [InlineData("Task?", "=> Task.CompletedTask;", "Task")]
    [InlineData("ValueTask<int>", "=> default;", "ValueTask")]
    [InlineData("int", "{ if (text == \"\") throw new TimeoutException(); while (true) ; }", "void, Task, ValueTask")]
    [InlineData("async Task<int>", "{ await Task.Yield(); return 1; }", "")]
    [InlineData("string", "=> text;", "")]
    [InlineData("Task?", "=> null;", "")]
    public async Task The_types_are_offered_that_the_body_bears(string type, string body, string offered) => Assert.Equal(
        offered.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(static name => "Return " + name),
        await Titles("WSA011", Source(type, body)));

    [Fact]
    public async Task An_event_method_is_given_its_return_type() => Assert.Equal(
        Source("void", "=> connection.Send(text);"),
        await Fix("WSA011", Source("SendResult", "=> connection.Send(text);")));

    [Fact]
    public async Task OnUpgrade_is_given_its_return_type() => Assert.Equal(
        Upgrade("WsUpgrade", "=> WsUpgrade.Reject(401);"),
        await Fix("WSA011", Upgrade("WsRejection", "=> WsUpgrade.Reject(401);")));

    [Fact]
    public async Task OnUpgrade_that_is_asynchronous_too() => Assert.Equal(
        Upgrade("async Task<WsUpgrade>", "{ await Task.Yield(); return WsUpgrade.Accept(); }"),
        await Fix(
            "WSA011", Upgrade("async Task<WsUpgrade?>", "{ await Task.Yield(); return WsUpgrade.Accept(); }"), "Return Task<WsUpgrade>"));

    [Fact]
    public async Task Async_void_returns_a_task()
    {
        string source = Source("async void", "{ await Task.Yield(); }");
        Assert.Equal(Source("async Task", "{ await Task.Yield(); }"), await Fix("WSA020", source));
        Assert.Equal(Source("async ValueTask", "{ await Task.Yield(); }"), await Fix("WSA020", source, "Return ValueTask"));
    }

    [Fact]
    public async Task Without_a_using_the_type_is_named_in_full() => Assert.Equal(
        "using WsAot; [WsRoute(\"/\")] public class Handler "
            + "{ [OnOpen] public async System.Threading.Tasks.Task Opened() { await System.Threading.Tasks.Task.Yield(); } }",
        await Fix(
            "WSA020",
            "using WsAot; [WsRoute(\"/\")] public class Handler "
                + "{ [OnOpen] public async void Opened() { await System.Threading.Tasks.Task.Yield(); } }"));

    [Fact]
    public async Task All_that_are_async_void_are_corrected_at_once() => Assert.Equal(
        Usings + """
            [WsRoute("/a")]
            public class A
            {
                [OnText] public async ValueTask Text(string text) => await Task.Yield();
                [OnClose] public async ValueTask Closed() => await Task.Yield();
            }
            [WsRoute("/b")] public class B { [OnText] public async ValueTask Text(string text) => await Task.Yield(); }
            """,
        await FixAll("WSA020", Usings + """
            [WsRoute("/a")]
            public class A
            {
                [OnText] public async void Text(string text) => await Task.Yield();
                [OnClose] public async void Closed() => await Task.Yield();
            }
            [WsRoute("/b")] public class B { [OnText] public async void Text(string text) => await Task.Yield(); }
            """, "Return ValueTask"));

    private static string Source(string type, string body) => Usings + $$"""
        [WsRoute("/")] public class Handler(WsConnection connection)
        {
            [OnOpen] public void Opened() => connection.Send("hello");
            [OnText] public {{type}} Text(string text) {{body}}
        }
        """;

    private static string Upgrade(string type, string body) => Usings + $$"""
        [WsRoute("/")] public class Handler
        {
            [OnUpgrade] public static {{type}} Check() {{body}}
            [OnOpen] public void Opened() { }
        }
        """;
}
