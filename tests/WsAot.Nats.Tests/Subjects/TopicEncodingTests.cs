using FsCheck;
using FsCheck.Fluent;
using WsAot.Nats.Subjects;

namespace WsAot.Nats.Tests.Subjects;

/// <summary>The names of topics as subjects: different ones stay different, and none is a wildcard.</summary>
public sealed class TopicEncodingTests
{
    // Mostly what is special, and lone surrogates among it.
    private static readonly Gen<string> s_names = Gen.Elements(
            'a', 'b', '/', '/', '.', '*', '>', ' ', '%', '2', 'E', '\t', '\0', '\u007F', 'é', '€', '\uD83D', '\uDE00', '$')
        .ListOf()
        .Select(static characters => new string([.. characters]));

    [Theory]
    [InlineData("chat/lobby", "chat.lobby")]
    [InlineData("ticks/AAPL", "ticks.AAPL")]
    [InlineData("a", "a")]
    [InlineData("", "%")]
    [InlineData("/", "%.%")]
    [InlineData("a//b", "a.%.b")]
    [InlineData("a/", "a.%")]
    [InlineData("v1.2/*/>", "v1%2E2.%2A.%3E")]
    [InlineData("100 %", "100%20%25")]
    [InlineData("über", "%C3%BCber")]
    [InlineData("\uD83D\uDE00", "%F0%9F%98%80")]
    [InlineData("a\r\nPUB x", "a%0D%0APUB%20x")]
    public void A_name_is_encoded(string topic, string subject) => Assert.Equal(subject, TopicEncoding.Encode(topic));

    [Fact]
    public void A_lone_surrogate_is_encoded_as_if_it_were_a_character() => Assert.Equal("a%ED%A0%BDb", TopicEncoding.Encode("a\uD83Db"));

    [Fact]
    public void What_is_encoded_can_be_decoded_so_no_two_are_the_same() =>
        Check(static name => NaiveDecoding.Decode(TopicEncoding.Encode(name)) == name);

    [Fact]
    public void Nothing_is_a_wildcard_or_an_empty_token_or_ends_the_line() =>
        Check(static name => TopicEncoding.Encode(name).Split('.').All(static token =>
            token.Length > 0 && token.All(static one => one is > ' ' and < '\u007F' and not ('*' or '>'))));

    [Fact]
    public void What_is_too_long_is_a_hash_of_a_length_that_NATS_takes_and_differs()
    {
        string longest = new('a', TopicEncoding.MaxLength);
        Assert.Equal(longest, TopicEncoding.Encode(longest));
        string[] encoded = [.. new[] { longest + "a", longest + "b", longest + "/" }.Select(TopicEncoding.Encode)];
        Assert.All(encoded, static subject => Assert.StartsWith("%%", subject));
        Assert.All(encoded, static subject => Assert.Equal(66, subject.Length));
        Assert.Distinct(encoded);
    }

    [Theory]
    [InlineData("chat/{room}", "chat-_")]
    [InlineData("chat/{other}", "chat-_")]
    [InlineData("chat/_", "chat-_5F")]
    [InlineData("a-b/{c}", "a_2Db-_")]
    [InlineData("a/b", "a-b")]
    public void A_rule_has_a_name(string template, string name) => Assert.Equal(name, SubjectNames.RuleName(template));

    [Theory]
    [InlineData("wsaot", true)]
    [InlineData("my-app_2", true)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("a--b", false)]
    [InlineData("a-", false)]
    [InlineData("*", false)]
    [InlineData("ü", false)]
    public void Some_prefixes_are_none(string prefix, bool isOne) => Assert.Equal(isOne, SubjectNames.IsPrefix(prefix));

    private static void Check(Func<string, bool> holds) =>
        Prop.ForAll(s_names.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
