using System.Text.Json;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Dashboard;

/// <summary>What the page of the dashboard is answered: it reads the members by these names.</summary>
public sealed class DashboardApiTests
{
    [Fact]
    public void The_server()
    {
        using var world = new AdminWorld();
        JsonElement info = Result(world.Call("info"));
        Assert.Equal(["version", "transport", "loops", "urls", "startedMs", "maxConnections", "isReady"], Names(info));
        Assert.Equal(1, info.GetProperty("loops").GetInt32());
        Assert.Equal(JsonValueKind.Array, info.GetProperty("urls").ValueKind);
        Assert.True(info.GetProperty("isReady").GetBoolean());
    }

    [Fact]
    public void The_routes()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/echo");
        client.Say("four");
        world.Server.Open("/echo").Reset();
        JsonElement echo = Result(world.Call("routes")).EnumerateArray()
            .Single(static row => row.GetProperty("route").GetString() == "/echo");
        string[] sums = ["open", "opened", "messagesIn", "messagesOut", "bytesIn", "bytesOut", "dropped", "pendingBytes"];
        Assert.Equal(["route", .. sums, "median", "p99"], Names(echo));
        Assert.Equal([1, 2, 1, 1, 4, 4, 0, 0], sums.Select(name => echo.GetProperty(name).GetInt64()));
    }

    [Fact]
    public void The_topics_with_the_most_subscribers()
    {
        using var world = new AdminWorld();
        world.Server.Open("/room/a");
        world.Server.Open("/room/b");
        world.Server.Open("/room/b");
        JsonElement topics = Result(world.Call("topics", "[1]"));
        Assert.Equal("""[{"topic":"b","subscribers":2}]""", topics.GetRawText());
    }

    [Fact]
    public void A_connection_is_found_and_closed()
    {
        using var world = new AdminWorld();
        TestClient client = world.Server.Open("/room/caf%C3%A9");
        JsonElement row = Assert.Single(Result(world.Call("slowest")).EnumerateArray());
        Assert.Equal(["id", "route", "path", "address", "state", "pendingBytes"], Names(row));
        Assert.Equal("/room/{name}", row.GetProperty("route").GetString());
        Assert.Equal("open", row.GetProperty("state").GetString());
        long id = row.GetProperty("id").GetInt64();
        Assert.Equal(row.GetRawText(), Assert.Single(Result(world.Call("connection", $"[{id}]")).EnumerateArray()).GetRawText());
        Assert.Equal("[]", Result(world.Call("connection", $"[{id + 1}]")).GetRawText());

        Assert.Equal($"[{row.GetRawText()}]", Result(world.Call("closeConnection", $"[{id}, 4000, \"bye\"]")).GetRawText());
        world.Server.Run();
        Assert.Equal(4000, client.Next().CloseCode);
        Assert.Equal("[]", Result(world.Call("closeConnection", $"[{id + 1}]")).GetRawText());
        Assert.Contains("The code must be", world.Call("closeConnection", $"[{id}, 1005]"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_the_latest_first()
    {
        using var world = new AdminWorld();
        world.Server.Get("/first");
        world.Server.Get("/second");
        JsonElement[] refusals = [.. Result(world.Call("refusals")).EnumerateArray()];
        Assert.Equal(["timeMs", "address", "request", "status", "reason", "option"], Names(refusals[0]));
        Assert.Equal(
            ["GET /second for host 'a'", "GET /first for host 'a'"],
            refusals.Select(static row => row.GetProperty("request").GetString()));
        Assert.Equal(404, refusals[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public void A_sample_each_second()
    {
        using var world = new AdminWorld();
        world.Server.Open("/echo").Say("four");
        world.Server.Advance(1000);
        using var progress = JsonDocument.Parse(world.Call("samples"));
        JsonElement sample = Assert.Single(progress.RootElement.GetProperty("params").GetProperty("value").EnumerateArray());
        Assert.Equal(
            [
                "timeMs", "connections", "messagesIn", "messagesOut", "bytesIn", "bytesOut", "median", "p99", "loopUse", "busiestLoop",
                "longestDelay", "residentBytes", "heapBytes", "pendingBytes", "refusals",
            ],
            Names(sample));
        Assert.Equal(1, sample.GetProperty("connections").GetInt32());
        Assert.Equal(1, sample.GetProperty("messagesIn").GetDouble());
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/dashboard.css", "text/css; charset=utf-8")]
    [InlineData("/dashboard.js", "text/javascript; charset=utf-8")]
    [InlineData("/client.js", "text/javascript; charset=utf-8")]
    public void The_page_comes_compressed(string path, string contentType)
    {
        using var world = new AdminWorld();
        Response response = world.Get(path);
        Assert.Equal((200, contentType, "gzip"), (response.StatusCode, response["Content-Type"], response["Content-Encoding"]));
        // How gzip begins (RFC 1952 section 2.3.1); the second byte is none in UTF-8.
        Assert.StartsWith("\u001F\uFFFD\u0008", response.Body, StringComparison.Ordinal);
    }

    private static JsonElement Result(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("result");

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(static member => member.Name)];
}
