using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

/// <summary>Filters around events: what runs when, and what becomes of a call that is refused or fails.</summary>
public sealed class EventFilterTests : IDisposable
{
    private readonly TestServer _server = new();

    private FilterScript Script => _server.Script.Filters;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Filters_nest_around_each_event_the_outer_first()
    {
        TestClient client = _server.Open("/filters/events");
        Expect("class before OnOpen", "open", "class after OnOpen");
        client.Say("hi");
        Assert.Equal("hi", client.NextText());
        Expect(
            "class before OnText", "method before OnText", "text hi", "method after OnText", "class after OnText");
        client.SendRaw(Frame.Binary([1, 2, 3]));
        Assert.Equal(3, client.Next().Payload.Length);
        Expect("class before OnBinary", "binary 3", "class after OnBinary");
        client.SendRaw(Frame.Pong("late"));
        Expect("class before OnPong", "pong 4", "class after OnPong");
        client.Reset();
        Expect("class before OnClose", "close 1006", "class after OnClose");
    }

    [Fact]
    public void A_call_tells_what_is_called_and_what_is_written_on_it()
    {
        var seen = new List<string>();
        Script.Calling = (call, name) =>
        {
            Assert.False(call.IsJsonRpc);
            Assert.IsType<NotedEvents>(call.Handler);
            string labels = string.Join(',', call.Attributes.OfType<LabelAttribute>().Select(static label => label.Text));
            seen.Add(
                $"{name} {call.Kind} {call.HandlerName} {call.MethodName} {call.PayloadLength} {call.Connection.Path} {labels} "
                + call.GetAttribute<LabelAttribute>()!.Text);
        };
        TestClient client = _server.Open("/filters/events");
        client.Say("hi");
        client.NextText();
        Assert.Equal(
            [
                "class Open WsAot.Tests.Filters.NotedEvents Opened 0 /filters/events class class",
                // The label may stand in several places at once; the nearest wins.
                "class Text WsAot.Tests.Filters.NotedEvents Said 2 /filters/events class,text text",
                "method Text WsAot.Tests.Filters.NotedEvents Said 2 /filters/events class,text text",
            ],
            seen);
    }

    [Theory]
    [InlineData("/filters/events")]
    [InlineData("/filters/waiting-events")]
    public void A_refused_event_closes_the_connection_and_its_method_is_not_called(string path)
    {
        TestClient client = _server.Open(path);
        _server.Journal.Clear();
        Script.Calling = static (call, name) =>
        {
            if (name == "method") call.Refuse("not for you");
        };
        client.Say("hi");
        client.ExpectClose(1008, "not for you");
        Assert.Equal(["class before OnText", "method before OnText", "class after OnText refused"], _server.Journal[..3]);
        Assert.Empty(_server.Log.Errors);
        ListLog.Entry line = Assert.Single(_server.Log.Entries, static entry => entry.Id == 43);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Debug, line.Level);
        Assert.Matches(
            @"^A filter refused OnText of WsAot\.Tests\.Filters\.\w+ on connection 1, which is closed with 1008: not for you\.$",
            line.Message);
        client.SendRaw(Frame.Close(1008));
        client.Shutdown();
        Assert.Contains("close 1008", _server.Journal);
    }

    [Theory]
    [InlineData("/filters/events")]
    [InlineData("/filters/waiting-events")]
    public void A_filter_that_throws_does_not_keep_OnClose_from_being_called(string path)
    {
        TestClient client = _server.Open(path);
        Script.Calling = static (call, _) =>
        {
            if (call.Kind == WsCallKind.Close) throw new InvalidOperationException("why");
        };
        client.SendRaw(Frame.Close(1000));
        client.Shutdown();
        Assert.Contains("close 1000", _server.Journal);
        Assert.Equal("why", Assert.Single(_server.Log.Errors).Exception?.Message);
    }

    [Fact]
    public void A_refusal_names_its_close_code()
    {
        Script.Calling = static (call, _) => call.Refuse("later", closeCode: 1013);
        TestClient client = _server.Open("/filters/events");
        client.ExpectClose(1013, "later");
        Expect("class before OnOpen");
    }

    [Fact]
    public void The_close_is_never_refused()
    {
        TestClient client = _server.Open("/filters/events");
        _server.Journal.Clear();
        Script.Calling = static (call, _) => call.Refuse("no");
        client.Reset();
        Expect("class before OnClose", "close 1006", "class after OnClose");
    }

    [Fact]
    public void A_call_that_has_begun_cannot_be_refused()
    {
        Exception? thrown = null;
        Script.Called = (call, _) => thrown = Record.Exception(() => call.Refuse("too late"));
        _server.Open("/filters/events");
        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Theory]
    [InlineData("/filters/events")]
    [InlineData("/filters/waiting-events")]
    public void An_exception_can_be_handled_so_that_the_connection_stays(string path)
    {
        TestClient client = _server.Open(path);
        _server.Journal.Clear();
        Script.Method = static () => throw new FormatException("bad");
        Script.Exception = static (call, exception) =>
        {
            call.Connection.Send("error: " + exception.Message);
            return (string?)call.State == "method" ? exception : null;
        };
        client.Say("hi");
        Assert.Equal("error: bad error: bad", client.Texts());
        Expect(
            "class before OnText", "method before OnText", "text hi", "method after OnText FormatException", "class after OnText");
        client.SendRaw(Frame.Binary([1]));
        Assert.Equal("error: bad", client.Texts());
        Assert.Empty(_server.Log.Errors);
    }

    [Theory]
    [InlineData("/filters/events")]
    [InlineData("/filters/waiting-events")]
    public void An_exception_that_is_not_handled_closes_with_1011_as_without_filters(string path)
    {
        TestClient client = _server.Open(path);
        Script.Method = static () => throw new FormatException("bad");
        Script.Exception = static (_, exception) => new TimeoutException("mapped", exception);
        client.SendRaw(Frame.Binary([1]));
        client.ExpectClose(1011);
        Assert.Equal("mapped", Assert.Single(_server.Log.Errors).Exception!.Message);
    }

    [Theory]
    [InlineData("method", "class before OnText|method before OnText|class after OnText TimeoutException")]
    [InlineData("class", "class before OnText")]
    public void What_a_filter_throws_before_the_call_goes_to_those_around_it(string thrower, string journal)
    {
        TestClient client = _server.Open("/filters/events");
        _server.Journal.Clear();
        Script.Calling = (_, name) =>
        {
            if (name == thrower) throw new TimeoutException();
        };
        client.Say("hi");
        client.ExpectClose(1011);
        Assert.Equal(journal.Split('|'), _server.Journal.Where(static line => line.Contains("OnText", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_filter_throws_before_the_call_can_be_handled_by_one_around_it()
    {
        TestClient client = _server.Open("/filters/events");
        Script.Calling = static (_, name) =>
        {
            if (name == "method") throw new TimeoutException();
        };
        Script.Exception = static (_, _) => null;
        client.Say("hi");
        client.ExpectNothing();
        Script.Calling = null;
        client.Say("again");
        Assert.Equal("again", client.NextText());
    }

    [Fact]
    public void What_a_filter_throws_after_the_call_fails_it()
    {
        TestClient client = _server.Open("/filters/events");
        _server.Journal.Clear();
        Script.Called = static (_, name) =>
        {
            if (name == "method") throw new TimeoutException();
        };
        client.Say("hi");
        Assert.Equal("hi", client.NextText());
        client.ExpectClose(1011);
        Assert.Contains("class after OnText TimeoutException", _server.Journal);
    }

    [Fact]
    public void While_a_filter_waits_later_messages_wait_and_the_payload_is_kept()
    {
        TestClient client = _server.Open("/filters/waiting-events");
        _server.Journal.Clear();
        Script.Waiting = _ => _server.Script.Gate.PassAsync();
        client.Say("first");
        client.Say("second");
        client.SendRaw(Frame.Binary([1, 2]));
        Expect("class before OnText");
        _server.LetOneGo();
        Assert.Equal("first", client.NextText());
        client.ExpectNothing();
        Expect(
            "method before OnText", "text first", "method after OnText", "class after OnText", "class before OnText");
        _server.LetOneGo();
        Assert.Equal("second", client.NextText());
        _server.LetOneGo();
        Assert.Equal(2, client.Next().Payload.Length);
        Script.Waiting = static _ => Task.CompletedTask;
    }

    [Fact]
    public void A_call_ends_with_its_task()
    {
        TestClient client = _server.Open("/filters/events");
        _server.Journal.Clear();
        Script.Method = _server.Script.Gate.PassAsync;
        client.SendRaw(Frame.Binary([1]));
        Expect("class before OnBinary");
        _server.LetOneGo();
        Expect("binary 1", "class after OnBinary");
        Assert.NotNull(client.Next());
    }

    private void Expect(params string[] journal)
    {
        Assert.Equal(journal, _server.Journal);
        _server.Journal.Clear();
    }
}
