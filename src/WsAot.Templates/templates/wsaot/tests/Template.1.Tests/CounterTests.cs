using TemplateNamespace.Counting;
using WsAot.Testing;

namespace TemplateNamespace.Tests;

public class CounterTests
{
    [Fact]
    public async Task WhoAddsGetsTheNewValueAndEverybodyHearsIt()
    {
        await using WsTestServer server = TestApplication.Create();
        server.Json = CounterJson.Default.Options;
        await using WsTestClient ann = await server.ConnectAsync("/rpc");
        await using WsTestClient bob = await server.ConnectAsync("/rpc");
        Assert.Equal(0, await ChangeAsync(bob));

        Assert.Equal(5, await ann.CallAsync<long>("add", [5]));
        Assert.Equal(5, await ChangeAsync(bob));
        Assert.Equal(6, await bob.CallAsync<long>("add"));
    }

    private static async Task<long> ChangeAsync(WsTestClient client)
    {
        WsTestNotification changed = await client.ReceiveNotificationAsync("changed");
        return changed.GetArgument<long>(0);
    }
}
