using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Operations;

/// <summary>The dashboard, as an operator sees it in a browser.</summary>
[Collection(PublishedFile.Name)]
public sealed class DashboardTests(PublishedApp app)
{
    private const string Listening = "The admin listener listens on ";

    // With characters that a browser allows in no subprotocol.
    private const string Token = "Kx/9+mZ0Qw==(a,token){}";

    [RequiresFact(Tool.Node | Tool.Chromium)]
    public async Task One_sees_what_the_server_does_listens_to_a_topic_and_closes_a_connection()
    {
        string tokenFile = Path.Combine(PublishedApp.NewWorkingFolder(), "token");
        await File.WriteAllTextAsync(tokenFile, Token);
        await using ServerProcess server = await app.StartAsync("--admin-urls", "http://127.0.0.1:0", "--admin-token-file", tokenFile);
        string pictures = Repository.EmptyFolder("pictures-dashboard");
        using CancellationTokenSource guard = new(Command.Patience);
        string[] lines = await server.Error.WaitForAsync(static line => line.Contains(Listening, StringComparison.Ordinal), 1, guard.Token);
        string line = lines[0];
        string admin = line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].TrimEnd('.');
        JsonElement verdict = await ClientScript.RunAsync("dashboard.mjs", admin, server.Url, Token, Tools.Chromium, pictures);
        await server.StopAsync();

        Assert.Equal("café 😀", verdict.GetProperty("heard").GetString());
        Assert.Equal(["/chat/{room}", "/echo", "/rooms", "/rpc"], verdict.Strings("routes"));
        Assert.Contains("/nowhere", verdict.GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.Equal("1008 closed by an administrator", verdict.GetProperty("end").GetString());
        // Nothing makes the page wider than its window.
        Assert.Equal([1280, 1280, 360], verdict.GetProperty("widths").EnumerateArray().Select(static width => width.GetInt32()));
        Assert.Empty(verdict.Strings("unlabelled"));
        // The browser says that the first question was answered with 401, before anybody had the token.
        Assert.All(verdict.Strings("problems"), static problem => Assert.Contains("401", problem, StringComparison.Ordinal));
        Assert.Equal(3, Directory.GetFiles(pictures, "*.png").Length);
    }

    [RequiresFact(Tool.Node)]
    public async Task The_client_of_the_page_is_what_the_compiler_makes_of_the_generated_one()
    {
        string folder = Repository.EmptyFolder("dashboard-client");
        string source = Path.Combine(Repository.Root, "src", "WsAot", "Dashboard");
        JsonElement verdict = await ClientScript.RunAsync("dashboard-client.mjs", Path.Combine(source, "client.ts"), folder);
        Assert.Empty(verdict.Strings("problems"));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(folder, "client.js")),
            await File.ReadAllTextAsync(Path.Combine(source, "Pages", "client.js")));
    }
}
