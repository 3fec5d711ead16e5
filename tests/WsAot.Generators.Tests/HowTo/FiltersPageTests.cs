using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.HowTo;

/// <summary>What docs/how-to/filters.md shows is served.</summary>
public sealed class FiltersPageTests : IDisposable
{
    private readonly RunningRoutes _routes =
        new(LoadedRoutes.Load(DocumentationTests.CompilePage("docs/how-to/filters.md")), static _ => { });

    public void Dispose() => _routes.Dispose();

    [Fact]
    public void Orders_are_taken_validated_and_kept_short()
    {
        RunningClient client = _routes.Open("/orders");
        Assert.Equal("1", client.Call("Order", "[\"tea\",1]"));
        Assert.Equal("-32602", client.Call("Order", "[\"tea\",0]"));
        Assert.Equal("-32602", client.Call("Order", $"[\"{new string('x', 1000)}\",1]"));
        Assert.Equal("2", client.Call("Order", "[\"tea\",1]"));
    }
}
