using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class ModifierFixTests
{
    [Fact]
    public async Task Abstract_is_taken_away() => Assert.Equal(
        Usings + """[WsRoute("/")] public partial class Handler { [OnOpen] public void Opened() { } }""",
        await Fix("WSA001", Usings + """[WsRoute("/")] public abstract partial class Handler { [OnOpen] public void Opened() { } }"""));

    [Fact]
    public async Task Not_where_a_member_is_abstract() => Assert.Empty(await Titles("WSA001", Usings + """
        [WsRoute("/")] public abstract class Handler { [OnOpen] public abstract void Opened(); }
        """));

    [Fact]
    public async Task Static_is_taken_away_from_a_class_and_then_from_its_methods()
    {
        string source = Usings + """
            [WsRoute("/")]
            static class Handler
            {
                [OnOpen] public static void Opened() { }
                [OnClose]
                static internal void Closed() { }
            }
            """;
        string handler = await Fix("WSA004", source);
        Assert.Equal(source.Replace("static class", "class", StringComparison.Ordinal), handler);
        Assert.Equal(handler.Replace("static ", "", StringComparison.Ordinal), await FixAll("WSA016", handler));
    }

    [Fact]
    public async Task OnUpgrade_is_made_static() => Assert.Equal(
        Usings + """
            [WsRoute("/")] public class Handler
            {
                [OnUpgrade] public static async Task<WsUpgrade> Check() { await Task.Yield(); return WsUpgrade.Accept(); }
                [OnOpen] public void Opened() { }
            }
            """,
        await Fix("WSA016", Usings + """
            [WsRoute("/")] public class Handler
            {
                [OnUpgrade] public async Task<WsUpgrade> Check() { await Task.Yield(); return WsUpgrade.Accept(); }
                [OnOpen] public void Opened() { }
            }
            """));

    [Fact]
    public async Task Not_where_it_uses_the_handler() => Assert.Empty(await Titles("WSA016", Usings + """
        [WsRoute("/")] public class Handler(WsConnection connection)
        {
            [OnUpgrade] public WsUpgrade Check() => connection.Path == "/" ? WsUpgrade.Accept() : WsUpgrade.Reject(403);
            [OnOpen] public void Opened() { }
        }
        """));
}
