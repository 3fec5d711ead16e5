using System.Text.Json;

namespace WsAot.Nats.Tests.Contract;

/// <content>What JSON-RPC clients may ask for, and who is there.</content>
public abstract partial class TopicContract
{
    [Fact]
    public async Task A_connection_has_so_many_topics_and_no_more()
    {
        await using HallClient client = await HallClient.OpenAsync(Other);
        Assert.Equal(0, await client.SubscribeAsync("halls/a"));
        Assert.Equal(0, await client.SubscribeAsync("halls/b"));
        Assert.Equal(-32003, await client.SubscribeAsync("halls/c"));
        await client.UnsubscribeAsync("halls/a");
        Assert.Equal(0, await client.SubscribeAsync("halls/c"));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again()
    {
        await using HallClient client = await HallClient.OpenAsync(Other);
        // Two a second and two topics: of so many at once, the first four are looked at, and most of the others are not.
        JsonElement[] answers = await client.SubscribeAllAsync([.. Enumerable.Repeat("halls/a", 200)]);
        Assert.DoesNotContain(-32004, answers.Take(4).Select(HallClient.CodeOf));
        JsonElement refused = answers.First(static answer => HallClient.CodeOf(answer) == -32004).GetProperty("error");
        Assert.InRange(refused.GetProperty("data").GetProperty("retryAfterMs").GetInt32(), 1, 1000);
    }

    [Theory]
    [InlineData("halls/private", -32002)]
    [InlineData("halls/broken", -32603)]
    [InlineData("halls/closed", 7)]
    [InlineData("nothing/a", -32001)]
    [InlineData("halls/a/b", -32001)]
    public async Task Who_may_not_hear_a_topic_is_told_why_and_goes_on(string topic, int code)
    {
        await using HallClient client = await HallClient.OpenAsync(Other);
        Assert.Equal(code, await client.SubscribeAsync(topic));
        Assert.Equal(0, await client.SubscribeAsync("halls/a"));
        Assert.Equal(1, Other.GetSubscriberCount("halls/a"));
        Assert.Equal(0, Other.GetSubscriberCount(topic));
    }

    [Fact]
    public async Task Who_says_something_to_the_others_learns_its_place_and_gets_no_gap()
    {
        await using HallClient ann = await HallClient.OpenAsync(One);
        await using HallClient ben = await HallClient.OpenAsync(Other);
        await ann.SubscribeAsync("halls/a");
        await ben.SubscribeAsync("halls/a");
        long first = await ann.SayToOthersAsync("a", "hello");
        long second = await ben.SayToOthersAsync("a", "hello to you");
        Assert.True(first > 0 && second > first);
        await ann.HearsAsync("$/skip", first);
        await ann.HearsAsync("Said", second);
        await ben.HearsAsync("Said", first);
        await ben.HearsAsync("$/skip", second);
    }

    [Fact]
    public async Task The_first_message_that_a_newcomer_gets_follows_the_answer()
    {
        await using HallClient ann = await HallClient.OpenAsync(One);
        await ann.SubscribeAsync("halls/a");
        await ann.SubscribeAsync("halls/b");
        // The numbers of a stream are those of all its topics: the first message of a topic is not its number 1.
        await ann.HearsAsync("$/skip", await ann.SayToOthersAsync("b", "before"));
        await ann.HearsAsync("$/skip", await ann.SayToOthersAsync("a", "first"));
        foreach (WsServer server in (WsServer[])[One, Other])
        {
            await using HallClient ben = await HallClient.OpenAsync(server);
            (long answered, long before) = await ben.BeginAsync("halls/a");
            Assert.Equal(answered, before);
        }
    }

    [Fact]
    public async Task A_topic_that_is_full_is_so_until_somebody_goes()
    {
        await using HallClient ann = await HallClient.OpenAsync(One);
        await using HallClient ben = await HallClient.OpenAsync(Other);
        string first = await ann.JoinAsync("halls/a");
        string second = await ben.JoinAsync("halls/a");
        await ann.SeesAsync(first, second);
        await ben.SeesAsync(first, second);
        await using HallClient cid = await HallClient.OpenAsync(Other);
        Assert.Equal(-32005, await cid.SubscribeAsync("halls/a"));
        // One that is there is not counted twice.
        Assert.Equal(0, await ben.SubscribeAsync("halls/a", presence: true));
        await ann.DisposeAsync();
        await ben.SeesAsync(second);
        Assert.Equal(0, await cid.SubscribeAsync("halls/a"));
    }

    [Fact]
    public async Task Who_comes_and_goes_is_told_by_changes_with_numbers()
    {
        await using HallClient ann = await HallClient.OpenAsync(One, "ann");
        string first = await ann.JoinAsync("halls/b");
        await ann.SeesAsync(first);
        string second;
        await using (HallClient ben = await HallClient.OpenAsync(Other, "ben"))
        {
            second = await ben.JoinAsync("halls/b");
            await ann.SeesAsync(first, second);
            await ben.SeesAsync(first, second);
            Assert.Equal("ben", ann.Present[second]);
            Assert.Equal("ann", ben.Present[first]);
        }

        await ann.SeesAsync(first);
        await using HallClient again = await HallClient.OpenAsync(Other, "ben");
        string third = await again.JoinAsync("halls/b");
        Assert.NotEqual(second, third);
        await ann.SeesAsync(first, third);
        await again.UnsubscribeAsync("halls/b");
        await ann.SeesAsync(first);
    }

    [Fact]
    public async Task Two_connections_of_one_user_are_two_and_each_goes_by_itself()
    {
        await using HallClient here = await HallClient.OpenAsync(One, "ann");
        await using HallClient there = await HallClient.OpenAsync(Other, "ann");
        string first = await here.JoinAsync("halls/c");
        string second = await there.JoinAsync("halls/c");
        Assert.NotEqual(first, second);
        await here.SeesAsync(first, second);
        Assert.Equal(["ann", "ann"], here.Present.Values);
        await there.DisposeAsync();
        await here.SeesAsync(first);
    }
}
