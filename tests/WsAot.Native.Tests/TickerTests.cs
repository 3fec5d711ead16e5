using System.Net;
using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The sample application of tests/WsAot.Ticker, published by the command that docs/start/tutorial.md gives.</summary>
[Collection(PublishedFile.Name)]
public sealed class TickerTests(PublishedApp app)
{
    [RequiresFact]
    public async Task It_is_one_file_and_its_settings_within_its_budget()
    {
        string file = await app.TickerFileAsync();
        Assert.Equal(
            [file, Path.Combine(Path.GetDirectoryName(file)!, "wsaot.json")],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal));
        Budgets.Expect(new FileInfo(file).Length, "tickerFileBytes");
    }

    [RequiresFact]
    public async Task Prices_come_to_who_may_hear_them_until_it_is_stopped()
    {
        await using ServerProcess server = await StartAsync("--ticker:intervalMs", "20");
        using HttpClient http = new();
        using (DotNetClient ann = await ConnectAsync(server, "ann-token"))
        {
            await ann.SendTextAsync("""{"jsonrpc":"2.0","id":1,"method":"Subscribe","params":["MSFT"]}""");
            JsonElement price = await ann.ReceiveJsonAsync();
            Assert.Equal("MSFT", price.GetProperty("result").GetProperty("symbol").GetString());
            for (int i = 0; i < 3; i++)
            {
                JsonElement call = await ann.ReceiveJsonAsync();
                Assert.Equal("PriceChanged", call.GetProperty("method").GetString());
            }

            // It is ready as soon as prices were published, which the client has just seen.
            Assert.Equal("ready\n", await http.GetStringAsync(new Uri(server.HttpUrl + "/ready")));
        }

        using (DotNetClient bob = await ConnectAsync(server, "bob-token"))
        {
            await bob.SendTextAsync("""{"jsonrpc":"2.0","id":1,"method":"Subscribe","params":["MSFT"]}""");
            Assert.True((await bob.ReceiveJsonAsync()).TryGetProperty("error", out _));
        }

        // Awaited when the server stops, as background work is.
        Budgets.Expect(await server.ResidentBytesAsync(), "tickerResidentBytes");
        await server.StopAsync();
        Assert.Contains(server.Error.All, line => line.Contains("Published prices", StringComparison.Ordinal));
    }

    [RequiresFact]
    public async Task Who_has_no_account_is_refused()
    {
        await using ServerProcess server = await StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, server.HttpUrl + "/prices?access_token=nobody");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");

        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_wrong_setting_of_its_own_ends_it_with_2_and_one_line()
    {
        CommandResult result = await Command.RunAsync(
            await app.TickerFileAsync(),
            ["--ticker:intervalMs", "0"],
            PublishedApp.NewWorkingFolder(),
            ServerProcess.Environment(null));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("'ticker:intervalMs' is 0: it must be 1 or more.", result.Error, StringComparison.Ordinal);
    }

    private async Task<ServerProcess> StartAsync(params string[] arguments) => await ServerProcess.StartAsync(
        await app.TickerFileAsync(),
        ["--urls", "ws://127.0.0.1:0", "--loops", "2", .. arguments],
        // Elsewhere: it finds the settings beside its file.
        PublishedApp.NewWorkingFolder());

    private static Task<DotNetClient> ConnectAsync(ServerProcess server, string token) => DotNetClient.ConnectAsync(
        server.Url + "/prices", options => options.SetRequestHeader("Authorization", "Bearer " + token));
}
