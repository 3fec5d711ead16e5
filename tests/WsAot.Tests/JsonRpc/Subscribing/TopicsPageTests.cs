using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WsAot.JsonRpc;
using WsAot.TestKit;
using WsAot.Tests.Harness;

namespace WsAot.Tests.JsonRpc.Subscribing;

/// <summary>docs/reference/topics.md says what the server does.</summary>
public sealed partial class TopicsPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/reference/topics.md"));

    [Fact]
    public void The_table_of_errors_has_the_messages_that_are_sent()
    {
        (int, string)[] told = [.. ErrorRow().Matches(s_page).Select(static row =>
            (int.Parse(row.Groups[1].ValueSpan, CultureInfo.InvariantCulture), row.Groups[2].Value))];
        Assert.Equal([-32602, -32603, .. Enumerable.Range(1, 7).Select(static i => -32000 - i)], told.Select(static row => row.Item1));
        // The last one comes in a notification: another test has it.
        Assert.Equal((JsonRpcErrorCode.TopicLost, "Topic lost"), told[^1]);
        foreach ((int code, string message) in told.AsSpan(0, 8))
        {
            JsonNode response = JsonNode.Parse(Encoding.UTF8.GetString(JsonRpcErrorCode.ResponseOf(code)) + "}}")!;
            Assert.Equal((code, message), ((int)response["error"]!["code"]!, (string?)response["error"]!["message"]));
        }
    }

    [Fact]
    public void What_is_sent_has_the_members_of_the_examples()
    {
        string[] examples = [.. Example().Matches(s_page).Select(static match => match.Groups[1].Value)];
        using var server = new TestServer();
        string subscribe = examples.Single(static text => text.Contains("$/subscribe\"", StringComparison.Ordinal));
        subscribe = subscribe.Replace("chat/", "room/", StringComparison.Ordinal);
        server.Open("/rooms?user=ben").Say(subscribe);
        server.Time.Advance(100);
        TestClient client = server.Open("/rooms?user=ann");
        client.Say(subscribe);
        server.Time.Advance(100);
        client.Say("""{"jsonrpc":"2.0","method":"Say","params":["lobby","hello"]}""");
        string[] heard = [.. client.Drain().Select(static frame => frame.Utf8)];
        foreach (string text in heard)
        {
            Assert.Contains(Members(JsonNode.Parse(text)!), examples.Select(static example => Members(JsonNode.Parse(example)!)));
        }

        Assert.Equal(4, heard.Length);
    }

    private static string Members(JsonNode? node) => node switch
    {
        JsonObject members => string.Join(
            ',', members.Select(static member => $"{member.Key}({Members(member.Value)})").Order(StringComparer.Ordinal)),
        JsonArray { Count: > 0 } items => Members(items[0]),
        _ => "",
    };

    [GeneratedRegex("""^\| (-32\d+) \| ([^|]+) \|""", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex("""^(\{"jsonrpc".*\})$""", RegexOptions.Multiline)]
    private static partial Regex Example();
}
