using WsAot.Tests.Harness;

namespace WsAot.Tests.Topics;

/// <summary>Timers of topics run on a thread of .NET that a server does without until it needs one.</summary>
public sealed class TopicTimerTests
{
    [Fact]
    public void The_first_topic_that_keeps_messages_starts_the_timer_of_expiry()
    {
        using var server = new TestServer(build: static builder =>
            builder.Topics.Add("kept", new WsTopicOptions { History = 1 }).Add("present", new WsTopicOptions { Presence = true }));
        server.Server.Publish("other", "x");
        server.Server.Publish("present", "x");
        Assert.Equal(0, server.Time.TimerCount);
        server.Server.Publish("kept", "x");
        server.Server.Publish("kept", "y");
        Assert.Equal(1, server.Time.TimerCount);
    }
}
