using System.Text;
using WsAot.CommandLine;
using WsAot.Routing;

namespace WsAot.Tests.CommandLine;

public sealed class DescriptionTests
{
    [Theory]
    [InlineData("--describe", "routes")]
    [InlineData("--describe=routes")]
    public void A_kind_that_stands_alone_is_found(params string[] args)
    {
        Assert.True(Description.IsAskedFor(args));
        Assert.Equal("a table", Encoding.UTF8.GetString(Description.Find(new Table(), args)));
    }

    [Theory]
    [InlineData("--describe")]
    [InlineData("--describe=")]
    [InlineData("--describe", "yaml")]
    [InlineData("--describe", "Routes")]
    [InlineData("--describe", "openrpc")]
    [InlineData("--loops", "2", "--describe=routes")]
    public void All_else_is_a_mistake_that_lists_the_kinds(params string[] args)
    {
        Assert.True(Description.IsAskedFor(args));
        var exception = Assert.Throws<WsOptionException>(() => Description.Find(new Table(), args).Length);
        Assert.Contains("routes, openrpc, typescript", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--urls", "describe")]
    [InlineData("--described", "routes")]
    public void Other_options_do_not_ask_for_it(params string[] args) => Assert.False(Description.IsAskedFor(args));

    [Fact]
    public void Help_names_it() =>
        Assert.Contains("--describe <kind>", OptionTable.Help("app", new ConfigurationNames("app")), StringComparison.Ordinal);

    /// <summary>Knows one kind.</summary>
    private sealed class Table : WsRouteTable
    {
        public override IReadOnlyList<WsRoute> Routes => [];

        public override WsRoute? Match(WsPath path) => null;

        public override ReadOnlySpan<byte> Describe(string kind) => kind == "routes" ? "a table"u8 : default;
    }
}
