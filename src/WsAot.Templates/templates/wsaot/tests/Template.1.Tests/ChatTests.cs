using WsAot.Testing;

namespace TemplateNamespace.Tests;

public class ChatTests
{
    [Fact]
    public async Task WhatOneSaysEverybodyHears()
    {
        await using WsTestServer server = TestApplication.Create();
        await using WsTestClient ann = await server.ConnectAsync("/chat/lobby?name=Ann");
        Assert.Equal("Welcome.", await ann.ReceiveTextAsync());
        Assert.Equal("Ann is here", await ann.ReceiveTextAsync());

        await using WsTestClient bob = await server.ConnectAsync("/chat/lobby?name=Bob");
        Assert.Equal("Bob is here", await ann.ReceiveTextAsync());
        await bob.SendAsync("hi");
        Assert.Equal("Bob: hi", await ann.ReceiveTextAsync());

        await bob.CloseAsync();
        Assert.Equal("Bob has left", await ann.ReceiveTextAsync());
    }

    [Fact]
    public async Task ThePageIsServed()
    {
        await using WsTestServer server = TestApplication.Create();
        WsTestResponse page = await server.GetAsync("/");
        Assert.Equal(200, page.StatusCode);
        Assert.Contains("<title>TemplateXmlName</title>", page.Text, StringComparison.Ordinal);
    }
}
