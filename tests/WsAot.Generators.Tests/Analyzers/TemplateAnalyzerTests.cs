using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class TemplateAnalyzerTests
{
    [Fact]
    public Task WSA008_a_name_twice() => Check(Usings + """
        [WsRoute({|WSA008:"/{id}/{id}"|})] public class Handler(int id) { [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public Task WSA008_not_for_two_names() => Check(Usings + """
        [WsRoute("/{id}/{other}")] public class Handler(int id, string other) { [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public async Task WSA009_no_template()
    {
        var reported = await Check(Usings + """
            [WsRoute({|WSA009:"chat"|})] public class A { [OnOpen] public void Opened() { } }
            [WsRoute(MaxFragments = 3, template: {|WSA009:"/a?b"|})] public class B { [OnOpen] public void Opened() { } }
            [WsRoute({|WSA009:null!|})] public class C { [OnOpen] public void Opened() { } }
            [WsRoute({|WSA009:"/{id:int}"|})] public class D(int id, string other) { [OnOpen] public void Opened() { } }
            [WsRoute({|WSA009:Paths.Bad|})] public class E { [OnOpen] public void Opened() { } }
            public static class Paths { public const string Bad = "/{"; }
            """);
        Assert.Contains(
            "'chat': it must begin with '/'",
            string.Join('\n', reported.Select(static diagnostic => diagnostic.GetMessage(null))),
            StringComparison.Ordinal);
    }

    [Fact]
    public Task WSA009_not_for_a_template() => Check(Usings + """
        [WsRoute("/caf%C3%A9/{id}/{*rest}")] public class Handler(int id, string rest) { [OnOpen] public void Opened() { } }
        [WsRoute(Paths.Good)] public class Other { [OnOpen] public void Opened() { } }
        public static class Paths { public const string Good = "/good/"; }
        """);

    [Fact]
    public Task What_the_compiler_reports_is_left_to_it() => Check(Usings + """
        [WsRoute] public class A { [OnOpen] public void Opened() { } }
        [WsRoute(5)] public class B { [OnOpen] public void Opened() { } }
        [WsRoute("/c")]
        public class C(Missing missing, WsConnection connection) { [OnOpen] public AlsoMissing Opened(StillMissing m) => null!; }
        """);
}
