using System.Buffers;
using System.Text;
using WsAot.Nats.Presence;

namespace WsAot.Nats.Tests.Presence;

/// <summary>How what is to be said of a topic is cut into messages.</summary>
public sealed class PresencePartsTests
{
    [Theory]
    [InlineData("ü")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\u0001")]
    public void Each_part_fits_and_they_name_all(string letter)
    {
        WsMember[] joined = [.. Enumerable.Range(0, 300).Select(i => new WsMember($"id-{i}", Repeat(letter, i % 60)))];
        string[] left = [.. Enumerable.Range(0, 200).Select(static i => $"gone-{i}")];
        var message = new PresenceMessage { Node = "node", Version = 7, Before = 5, Joined = joined, Left = left };
        PresenceMessage[] parts = [.. PresenceParts.Of(message, 2000).Select(part => Read(part, 2000))];
        Assert.True(parts.Length > 10);
        Assert.Equal(Enumerable.Range(7, parts.Length).Select(static i => (long)i), parts.Select(static part => part.Version));
        Assert.Equal([5, .. parts.SkipLast(1).Select(static part => part.Version)], parts.Select(static part => part.Before));
        Assert.Equal(joined, parts.SelectMany(static part => part.Joined));
        Assert.Equal(left, parts.SelectMany(static part => part.Left));
        Assert.All(parts.SkipLast(1), static part => Assert.True(part.HasMore));
        Assert.False(parts[^1].HasMore);
    }

    [Fact]
    public void Only_the_first_part_begins_anew_and_who_fits_nowhere_is_left_out()
    {
        WsMember[] joined = [new("1", new string('a', 900)), new("2", new string('b', 5000)), new("3", new string('c', 900))];
        PresenceMessage[] parts =
            [.. PresenceParts.Of(new PresenceMessage { Node = "node", Version = 1, IsAll = true, Joined = joined }, 1500)];
        Assert.Equal([true, false], parts.Select(static part => part.IsAll));
        Assert.Equal(["1", "3"], parts.SelectMany(static part => part.Joined).Select(static member => member.Id));
    }

    private static string Repeat(string letter, int count) => string.Concat(Enumerable.Repeat(letter, count));

    private static PresenceMessage Read(PresenceMessage message, int maxBytes)
    {
        byte[] utf8 = message.Write();
        Assert.InRange(utf8.Length, 1, maxBytes);
        Assert.DoesNotContain("\\u00FC", Encoding.UTF8.GetString(utf8));
        return PresenceMessage.Read(new ReadOnlySequence<byte>(utf8))!;
    }
}
