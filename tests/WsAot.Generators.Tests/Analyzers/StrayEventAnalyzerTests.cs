using Microsoft.CodeAnalysis;
using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class StrayEventAnalyzerTests
{
    [Fact]
    public async Task WSA018_an_event_method_that_no_handler_has()
    {
        var reported = await Check(Usings + """
            public class Forgotten { [OnText] public void {|WSA018:Text|}(string text) { } }
            internal abstract class Unused { [OnOpen] public void {|WSA018:Opened|}() { } }
            public interface IHandler { [OnClose] void {|WSA018:Closed|}(); }
            public struct Value { [OnPong] public void {|WSA018:Pong|}() { } }
            """);
        Assert.All(reported, static diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity));
    }

    [Fact]
    public Task WSA018_not_where_a_handler_derives_from_it() => Check(
        Usings + "internal abstract class Base<T> { [OnOpen] public void Opened() { } } internal class Middle : Base<int>;",
        Usings + """[WsRoute("/")] internal class Handler : Middle { [OnText] public void Text() { } }""",
        Usings + "public abstract class ForOthers { [OnOpen] public void Opened() { } }");
}
