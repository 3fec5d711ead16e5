using System.Text.Json;

namespace WsAot.Samples.Tests;

public class DevicesTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_devices_measure_reaches_every_page_in_order()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient page = await WatchAsync(server);
        await using WsTestClient attic = await server.ConnectAsync("/devices/attic");
        await using WsTestClient cellar = await server.ConnectAsync("/devices/cellar");

        await SubmitAsync(attic, 20.5);
        await SubmitAsync(cellar, 12.25);
        await SubmitAsync(attic, 20.75);

        await using WsTestClient later = await WatchAsync(server);
        foreach (WsTestClient watching in new[] { page, later })
        {
            await ExpectAsync(watching, "attic", 20.5);
            await ExpectAsync(watching, "cellar", 12.25);
            await ExpectAsync(watching, "attic", 20.75);
            await watching.ExpectNothingMoreAsync();
        }
    }

    [Fact]
    public async Task A_page_knows_which_devices_are_there()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient page = await server.ConnectAsync("/watch");
        await using WsTestClient attic = await server.ConnectAsync("/devices/attic");
        await page.ExpectToSeeAsync(server, "devices", attic, "", "attic");
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(1, 100)]
    [InlineData(int.MaxValue, 60_000)]
    public async Task The_interval_that_a_page_sets_reaches_devices_that_are_there_and_those_that_come_later(int wanted, int told)
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient page = await server.ConnectAsync("/watch");
        await using WsTestClient attic = await server.ConnectAsync("/devices/attic");
        await attic.SubscribeAsync("devices");

        await page.CallAsync("MeasureEvery", [300]);
        await page.CallAsync("MeasureEvery", [wanted]);

        Assert.Equal(300, (await attic.ReceiveNotificationAsync("MeasureEvery")).GetArgument<int>(0));
        Assert.Equal(told, (await attic.ReceiveNotificationAsync("MeasureEvery")).GetArgument<int>(0));
        await using WsTestClient cellar = await server.ConnectAsync("/devices/cellar");
        await cellar.SubscribeAsync("devices");
        Assert.Equal(told, (await cellar.ReceiveNotificationAsync("MeasureEvery")).GetArgument<int>(0));
        await cellar.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task A_device_hears_no_other_device()
    {
        await using WsTestServer server = CreateServer();
        await using WsTestClient attic = await server.ConnectAsync("/devices/attic");
        JsonRpcException refused = await Assert.ThrowsAsync<JsonRpcException>(() => attic.SubscribeAsync("measurements"));
        Assert.Equal(-32001, refused.Code);
    }

    private static WsTestServer CreateServer()
    {
        WsTestServer server = WsTestServer.Create(Devices.WsRoutes.Table);
        server.Json = JsonSerializerOptions.Web;
        return server;
    }

    private static async Task<WsTestClient> WatchAsync(WsTestServer server)
    {
        WsTestClient page = await server.ConnectAsync("/watch");
        await page.SubscribeAsync("measurements");
        return page;
    }

    private static Task SubmitAsync(WsTestClient device, double celsius) =>
        device.CallAsync("Submit", [new Measurement(celsius, s_noon)]);

    private static async Task ExpectAsync(WsTestClient page, string device, double celsius)
    {
        WsTestNotification measured = await page.ReceiveNotificationAsync("Measured");
        Assert.Equal(device, measured.GetArgument<string>(0));
        Assert.Equal(new Measurement(celsius, s_noon), measured.GetArgument<Measurement>(1));
    }
}
