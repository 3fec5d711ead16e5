using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class RouteConflictAnalyzerTests
{
    [Fact]
    public async Task WSA010_two_routes_that_match_the_same_paths()
    {
        var reported = await Check(
            Usings + """[WsRoute({|WSA010:"/a/{x}"|})] public class A(string x) { [OnOpen] public void Opened() { } }""",
            Usings + """[WsRoute({|WSA010:"/%61/{y}"|})] public class B(string y) { [OnOpen] public void Opened() { } }""",
            Usings + """[WsRoute({|WSA010:"/a/{z}"|})] public class C(string z) { [OnOpen] public void Opened() { } }""");
        Assert.Equal(
            [
                "Change the template '/%61/{y}' of 'B' or the template '/a/{x}' of 'A': both match the same paths",
                "Change the template '/a/{x}' of 'A' or the template '/%61/{y}' of 'B': both match the same paths",
                "Change the template '/a/{z}' of 'C' or the template '/a/{x}' of 'A': both match the same paths",
            ],
            reported.Select(static diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
        Assert.All(reported, static diagnostic => Assert.NotEqual(diagnostic.Location, Assert.Single(diagnostic.AdditionalLocations)));
    }

    [Fact]
    public Task WSA010_not_for_routes_that_one_beats() => Check(Usings + """
        [WsRoute("/a")] public class A { [OnOpen] public void Opened() { } }
        [WsRoute("/a/")] public class B { [OnOpen] public void Opened() { } }
        [WsRoute("/A")] public class C { [OnOpen] public void Opened() { } }
        [WsRoute("/{x}")] public class D(string x) { [OnOpen] public void Opened() { } }
        [WsRoute("/{*x}")] public class E(string x) { [OnOpen] public void Opened() { } }
        [WsRoute("/a/{*x}")] public class F(string x) { [OnOpen] public void Opened() { } }
        """);
}
