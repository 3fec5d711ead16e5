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
        Assert.Contains("routes, openrpc, typescript, csharp", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wss://example.com", "--describe", "openrpc", "--url", "wss://example.com")]
    [InlineData("wss://example.com", "--url=wss://example.com/", "--describe=openrpc")]
    [InlineData("https://example.com:8443/base", "--describe", "openrpc", "--url=https://example.com:8443/base/")]
    [InlineData("ws://127.0.0.1:8080", "--describe", "openrpc")]
    public void A_document_names_the_server_that_is_asked_for(string url, params string[] args)
    {
        Assert.True(Description.IsAskedFor(args));
        Assert.Equal(
            $$"""{ "url": "{{url}}/a", "summary": "\"url\": \"ws://127.0.0.1:8080" }""",
            Encoding.UTF8.GetString(Description.Find(new Table(isOpenRpc: true), args)));
    }

    [Theory]
    [InlineData("--describe", "openrpc", "--url", "example.com")]
    [InlineData("--describe", "openrpc", "--url", "file:///a")]
    [InlineData("--describe", "openrpc", "--url", "wss://a/?b=c")]
    [InlineData("--describe", "openrpc", "--url", "wss://")]
    [InlineData("--describe", "openrpc", "--url", "wss:///a")]
    [InlineData("--describe", "openrpc", "--url", "wss://a\"b")]
    [InlineData("--describe", "openrpc", "--url", "wss://a b")]
    [InlineData("--describe", "openrpc", "--url", "wss://a#b")]
    [InlineData("--describe", "openrpc", "--url", "wss://\u00E9")]
    [InlineData("--describe", "openrpc", "--url")]
    [InlineData("--describe", "routes", "--url", "wss://a")]
    public void An_address_that_is_none_or_has_no_place_is_a_mistake(params string[] args) =>
        Assert.Throws<WsOptionException>(() => Description.Find(new Table(isOpenRpc: true), args).Length);

    [Theory]
    [InlineData("My.App_2", "--describe", "csharp", "--namespace", "My.App_2")]
    [InlineData("A", "--namespace=A", "--describe=csharp")]
    [InlineData("App.Client", "--describe", "csharp")]
    public void A_client_is_in_the_namespace_that_is_asked_for(string name, params string[] args)
    {
        Assert.True(Description.IsAskedFor(args));
        Assert.Equal(
            $"// App.\nnamespace {name};\n\n// namespace X;\n", Encoding.UTF8.GetString(Description.Find(new Table(isCSharp: true), args)));
    }

    [Theory]
    [InlineData("--describe", "csharp", "--namespace", "")]
    [InlineData("--describe", "csharp", "--namespace", "A.")]
    [InlineData("--describe", "csharp", "--namespace", "2A")]
    [InlineData("--describe", "csharp", "--namespace", "A-B")]
    [InlineData("--describe", "csharp", "--namespace")]
    [InlineData("--describe", "csharp", "--url", "wss://a")]
    [InlineData("--describe", "routes", "--namespace", "A")]
    public void A_namespace_that_is_none_or_has_no_place_is_a_mistake(params string[] args) =>
        Assert.Throws<WsOptionException>(() => Description.Find(new Table(isCSharp: true), args).Length);

    [Theory]
    [InlineData]
    [InlineData("--urls", "describe")]
    [InlineData("--described", "routes")]
    public void Other_options_do_not_ask_for_it(params string[] args) => Assert.False(Description.IsAskedFor(args));

    [Fact]
    public void Help_names_it() =>
        Assert.Contains("--describe <kind>", OptionTable.Help("app", new ConfigurationNames("app")), StringComparison.Ordinal);

    /// <summary>Knows one kind.</summary>
    private sealed class Table(bool isOpenRpc = false, bool isCSharp = false) : WsRouteTable
    {
        public override IReadOnlyList<WsRoute> Routes => [];

        public override WsRoute? Match(WsPath path) => null;

        public override ReadOnlySpan<byte> Describe(string kind) => kind switch
        {
            "routes" => "a table"u8,
            "openrpc" when isOpenRpc => """{ "url": "ws://127.0.0.1:8080/a", "summary": "\"url\": \"ws://127.0.0.1:8080" }"""u8,
            "csharp" when isCSharp => "// App.\nnamespace App.Client;\n\n// namespace X;\n"u8,
            _ => default,
        };
    }
}
