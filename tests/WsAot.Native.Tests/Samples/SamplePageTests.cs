using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Samples;

/// <summary>The pages of the samples, as people see them in several browsers at once.</summary>
[Collection(PublishedFile.Name)]
public sealed class SamplePageTests
{
    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task People_draw_on_one_board()
    {
        JsonElement verdict = await BrowseAsync("Whiteboard");

        Assert.Equal(["Ann (you)", "Ben"], verdict.GetProperty("both")[0].Strings());
        Assert.Equal(["Ann", "Ben (you)"], verdict.GetProperty("both")[1].Strings());
        Assert.Equal("Ben", verdict.GetProperty("cursor").GetString());
        Assert.True(verdict.GetProperty("isEmptyElsewhere").GetBoolean());
        Assert.Equal(["Ann (you)", "Ben"], verdict.GetProperty("left").Strings("names"));
        Assert.Equal(["Ben"], verdict.GetProperty("left").Strings("cursors"));
    }

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task Devices_come_and_go()
    {
        JsonElement verdict = await BrowseAsync("Devices", DotNet.Host, Sample.File("Device"));

        Assert.Contains("dotnet run --project device greenhouse", verdict.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d °C$", verdict.GetProperty("value").GetString());
        Assert.All(verdict.Objects("gone"), static page => Assert.Equal(["attic", "cellar away", "greenhouse"], page.Strings()));
        Assert.StartsWith("away, last heard at ", verdict.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(["attic", "cellar", "greenhouse"], verdict.Strings("back"));
    }

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task People_chat_in_rooms()
    {
        JsonElement verdict = await BrowseAsync("Chat");

        Assert.Equal(["lobby", "team1", "garden"], verdict.Strings("unread"));
        Assert.Equal("Cyd is writing", verdict.GetProperty("writing").GetString());
        Assert.All(verdict.Objects("seen"), static page => Assert.Equal(
            [
                "Ann: Good morning! Did the release go out?",
                "Ben: Yes, last night. <b>Nobody</b> was disconnected.",
                "Cyd: I was away, and can read all of it",
            ],
            page.Strings()));
        Assert.Equal(["Ann (you)", "Cyd"], verdict.Strings("left"));
        Assert.Equal(0, verdict.GetProperty("markup").GetInt32());
    }

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task Charts_follow_the_prices()
    {
        JsonElement verdict = await BrowseAsync("Ticker");

        Assert.Equal(["ACME", "GLOBEX", "INITECH pressed", "UMBRELLA"], verdict.Strings("symbols"));
        Assert.Matches(@"^INITECH \d+\.\d\d$", verdict.GetProperty("title").GetString());
    }

    // Opens the page of a sample in several tabs. All pages fit their windows, label their controls, and load nothing from elsewhere.
    private static async Task<JsonElement> BrowseAsync(string name, params string[] more)
    {
        string pictures = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "samples", "pictures")).FullName;
        await using ServerProcess server = await Sample.StartAsync(name);
        JsonElement verdict = await ClientScript.RunAsync(
            $"sample-{name.ToLowerInvariant()}.mjs", [server.HttpUrl + "/", Tools.Chromium, pictures, .. more]);
        await server.StopAsync();

        Assert.Empty(verdict.Strings("wide"));
        Assert.Empty(verdict.Strings("unlabelled"));
        Assert.Empty(verdict.Strings("problems"));
        Assert.Equal(4, Directory.GetFiles(pictures, $"{name.ToLowerInvariant()}-*.png").Length);
        return verdict;
    }
}
