using WsAot.Tests.Harness;

namespace WsAot.Tests.Handshake;

/// <summary>Values of the query as parameters of handlers and of OnUpgrade.</summary>
public sealed class QueryValueTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("token=t&word=w&p=2", "a w 2 none none [] [] friday 10 0001-01-01T00:00:00")]
    [InlineData(
        "size=3&since=2026-01-02T03:04:05Z&day=monday&number=1&tag=x&number=2&tag=y&p=2&p=x&word=w&token=t&note=n"
            + "&id=12345678-9012-3456-7890-123456789012",
        "a w 2 1234 n [x|y] [1|2] another day 3 2026-01-02T03:04:05")]
    // Decoded like a form; an empty text is a text.
    [InlineData("token=&%77ord=caf%C3%A9+au%20lait&p=%32&tag&tag=&note", "a café au lait 2 none  [|] [] friday 10 0001-01-01T00:00:00")]
    [InlineData("&&token=t&Word=W&word=w&p=-0&&", "a w 0 none none [] [] friday 10 0001-01-01T00:00:00")]
    public void A_parameter_that_the_template_does_not_name_is_a_value_of_the_query(string query, string text) =>
        Assert.Equal(text, _server.Open("/list/a?" + query).NextText());

    [Theory]
    [InlineData("", "the query value 'word' is missing")]
    [InlineData("token=t&Word=w&p=2", "the query value 'word' is missing")]
    [InlineData("word=w&p=2", "the query value 'token' is missing")]
    [InlineData("token=t&word=w&page=2", "the query value 'p' is missing")]
    [InlineData("token=t&word=w&p=", "the query value 'p' is not of type int")]
    [InlineData("token=t&word=w&p", "the query value 'p' is not of type int")]
    [InlineData("token=t&word=w&p=two", "the query value 'p' is not of type int")]
    [InlineData("token=t&word=w&p=2147483648", "the query value 'p' is not of type int")]
    [InlineData("token=t&word=w&p=2&size=%3Cscript%3E", "the query value 'size' is not of type int")]
    [InlineData("token=t&word=w&p=2&id=1", "the query value 'id' is not of type Guid")]
    [InlineData("token=t&word=w&p=2&day=someday", "the query value 'day' is not of type DayOfWeek")]
    [InlineData("token=t&word=w&p=2&number=1&number=x", "the query value 'number' is not of type int")]
    // A plus sign is a space.
    [InlineData("token=t&word=w&p=2&since=2026-01-02T03:04:05+02:00", "the query value 'since' is not of type DateTime")]
    public void A_value_that_is_missing_or_does_not_parse_is_refused_before_OnUpgrade_is_asked(string query, string reason)
    {
        TestClient client = _server.Connect();
        client.SendRaw(TestClient.UpgradeRequest("/list/a?" + query));
        Response response = client.ReadRefusal();
        Assert.Equal(400, response.StatusCode);
        Assert.Equal("400 Bad Request: " + reason, response.Body.TrimEnd());
        Assert.Empty(_server.Journal);
        Assert.Contains(reason, Assert.Single(_server.Log.Entries, static entry => entry.Id == 7).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnUpgrade_takes_values_of_the_query_too()
    {
        Assert.Equal(401, _server.Connect().Ask("/list/a?token=no&word=w&p=1").StatusCode);
        Assert.Equal(["asked no"], _server.Journal);
    }

    [Fact]
    public void A_path_that_does_not_fit_is_still_not_found() => Assert.Equal(404, _server.Connect().Ask("/number/x?p=1").StatusCode);

    [Fact]
    public void The_next_request_on_the_loop_has_its_own_query()
    {
        Assert.StartsWith("a one 1", _server.Open("/list/a?token=t&word=one&p=1").NextText(), StringComparison.Ordinal);
        Assert.StartsWith("b two 2", _server.Open("/list/b?token=t&word=two&p=2").NextText(), StringComparison.Ordinal);
    }
}
