using System.Text.Json;
using WsAot.Testing;

namespace TemplateNamespace.Tests;

public class CounterTests
{
    [Fact]
    public async Task WhoAddsGetsTheNewValueAndEverybodyHearsIt()
    {
        await using WsTestServer server = TestApplication.Create();
        server.Json = JsonSerializerOptions.Web;
        await using WsTestClient ann = await server.ConnectAsync("/rpc");
        await using WsTestClient bob = await server.ConnectAsync("/rpc");
        Assert.Equal(0, await bob.CallAsync<long>("value"));
        await bob.CallByNameAsync<JsonElement>("$/subscribe", new { topic = "counter" });

        Assert.Equal(5, await ann.CallAsync<long>("add", [5]));
        Assert.Equal(5, await ChangeAsync(bob));
        Assert.Equal(6, await bob.CallAsync<long>("add"));
        Assert.Equal(6, await ChangeAsync(bob));
    }

    private static async Task<long> ChangeAsync(WsTestClient client)
    {
        WsTestNotification changed = await client.ReceiveNotificationAsync("changed");
        return changed.GetArgument<long>(0);
    }
}
