using WsAot.Topics;

namespace WsAot.Tests.Topics;

public sealed class TopicRuleTests
{
    [Theory]
    [InlineData("chat/lobby", "chat/{room}")]
    [InlineData("chat/all", "chat/all")]
    [InlineData("chat", null)]
    [InlineData("chat/", null)]
    [InlineData("chat/a/b", "chat/{room}/b")]
    [InlineData("chat/a/c", "{any}/a/c")]
    [InlineData("Chat/lobby", null)]
    [InlineData("news", "news")]
    [InlineData("/news", null)]
    public void The_most_literal_template_wins(string topic, string? template)
    {
        WsTopics topics = new WsTopics()
            .Add("chat/{room}", new WsTopicOptions())
            .Add("chat/all", new WsTopicOptions())
            .Add("{any}/a/c", new WsTopicOptions())
            .Add("chat/{room}/b", new WsTopicOptions())
            .Add("news", new WsTopicOptions());
        Assert.Equal(template, TopicRule.Find(topics.Rules, topic)?.Template);
    }

    [Theory]
    [InlineData("chat/{other}")]
    [InlineData("chat//b")]
    [InlineData("/chat")]
    [InlineData("chat/{}")]
    [InlineData("chat/a{b}")]
    [InlineData("chat/{a}b")]
    [InlineData("chat/{{a}}")]
    [InlineData("")]
    public void A_template_that_is_wrong_or_there_already_is_refused(string template) =>
        Assert.ThrowsAny<ArgumentException>(() =>
            new WsTopics().Add("chat/{room}", new WsTopicOptions()).Add(template, new WsTopicOptions()));

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsTopics().Add("a", new WsTopicOptions { History = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsTopics().Add("a", new WsTopicOptions { HistorySeconds = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsTopics().Add("a", new WsTopicOptions { HistoryBytes = 0 }));
    }

    [Fact]
    public void Options_without_effect_are_refused()
    {
        Assert.Equal(
            "HistorySeconds has no effect without History: set History, or leave HistorySeconds out. (Parameter 'options')",
            Refused(new WsTopicOptions { HistorySeconds = 60, Presence = true }));
        Assert.StartsWith("HistoryBytes has", Refused(new WsTopicOptions { HistoryBytes = 60 }), StringComparison.Ordinal);
        Assert.StartsWith("MaxPresent has", Refused(new WsTopicOptions { MaxPresent = 5, History = 1 }), StringComparison.Ordinal);
        new WsTopics().Add("a", new WsTopicOptions { History = 1, HistorySeconds = 1, HistoryBytes = 1, Presence = true, MaxPresent = 1 });

        static string Refused(WsTopicOptions options) => Assert.Throws<ArgumentException>(() => new WsTopics().Add("a", options)).Message;
    }
}
