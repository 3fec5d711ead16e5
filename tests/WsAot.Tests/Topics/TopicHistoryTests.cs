using System.Text;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Tests.Topics;

/// <summary>The ring of messages that a topic keeps.</summary>
public sealed class TopicHistoryTests
{
    private readonly HistoryBudget _budget = new(10_000);

    [Fact]
    public void The_last_so_many_are_kept_and_numbered_from_1()
    {
        TopicHistory history = Create(new WsTopicOptions { History = 10 });
        Assert.Equal((0L, 1L), (history.LastOffset, history.FirstOffset));
        for (int i = 1; i <= 25; i++) Assert.Equal(i, Append(history, $"m{i}"));
        Assert.Equal((25L, 16L), (history.LastOffset, history.FirstOffset));
        Assert.Equal("m16 m17 m18 m19 m20 m21 m22 m23 m24 m25", From(history, 16));
        Assert.Equal("m24 m25", From(history, 24));
        Assert.Equal("", From(history, 26));
        Assert.Equal("m17 m18", From(history, 17, 2));
    }

    [Fact]
    public void What_is_too_old_is_dropped_and_its_memory_returned()
    {
        TopicHistory history = Create(new WsTopicOptions { History = 10, HistorySeconds = 60 });
        Append(history, "a", 0);
        Append(history, "b", 30);
        history.Expire(59);
        Assert.Equal("a b", From(history, 1));
        history.Expire(60);
        Assert.Equal((2L, 2L), (history.LastOffset, history.FirstOffset));
        history.Expire(90);
        Assert.True(history.IsEmpty);
        Assert.Equal(3L, history.FirstOffset);
        Assert.Equal(0, _budget.Bytes);
        Assert.Equal(3, Append(history, "c", 90));
    }

    [Fact]
    public void The_bytes_of_a_topic_are_bounded()
    {
        const int Each = 100 + 2 + TopicHistory.OverheadBytes;
        TopicHistory history = Create(new WsTopicOptions { History = 1000, HistoryBytes = (3 * Each) + 5 });
        for (int i = 0; i < 5; i++) Append(history, new string('x', 100));
        Assert.Equal((5L, 3L), (history.LastOffset, history.FirstOffset));
        Assert.Equal(3 * Each, _budget.Bytes);
        // One that is larger than all that may be kept leaves nothing: no gap could be told from it.
        Assert.Equal(6, Append(history, new string('x', 1000)));
        Assert.True(history.IsEmpty);
        Assert.Equal(0, _budget.Bytes);
    }

    [Fact]
    public void The_bytes_of_all_topics_are_bounded_at_the_expense_of_the_one_that_is_published_to()
    {
        TopicHistory first = Create(new WsTopicOptions { History = 1000 }), second = Create(new WsTopicOptions { History = 1000 });
        for (int i = 0; i < 60; i++) Append(first, new string('x', 100));
        long kept = first.LastOffset - first.FirstOffset + 1;
        for (int i = 0; i < 60; i++) Append(second, new string('x', 100));
        Assert.Equal(kept, first.LastOffset - first.FirstOffset + 1);
        Assert.InRange(_budget.Bytes, 9_800, 10_000);
        first.Clear();
        second.Clear();
        Assert.Equal(0, _budget.Bytes);
    }

    [Fact]
    public void A_small_message_takes_64_bytes_besides_its_payload_at_most()
    {
        TopicHistory history = Create(new WsTopicOptions { History = 1024 });
        var budget = new HistoryBudget(long.MaxValue);
        history = new TopicHistory(new WsTopicOptions { History = 1024, HistoryBytes = 1 << 24 }, budget, 1);
        var frames = new KeptFrame[1024];
        for (int i = 0; i < frames.Length; i++) frames[i] = new KeptFrame(Opcode.Text, new byte[20]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (KeptFrame frame in frames) history.Append(frame, 0);
        long rings = GC.GetAllocatedBytesForCurrentThread() - before;
        // The rings of all sizes on the way, and then the array of each frame: its header, its length, and 22 bytes.
        const int ArrayBytes = 16 + 8 + 22 + 2;
        Assert.InRange((rings / 2.0 / frames.Length) + ArrayBytes, 20, 20 + 64);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void A_frame_that_was_kept_is_the_message_again(int bytes)
    {
        byte[] payload = [.. Enumerable.Range(0, bytes).Select(static i => (byte)i)];
        var frame = new SharedFrame(Opcode.Binary, payload);
        var kept = new KeptFrame(frame.Bytes, 7);
        Assert.Equal((Opcode.Binary, 7L, bytes), (kept.Opcode, kept.Offset, kept.PayloadBytes));
        Assert.Equal(payload, kept.Payload.ToArray());
    }

    private static long Append(TopicHistory history, string text, uint seconds = 0)
    {
        var frame = new KeptFrame(Opcode.Text, Encoding.UTF8.GetBytes(text));
        history.Append(frame, seconds);
        return frame.Offset;
    }

    private static string From(TopicHistory history, long offset, int most = 100)
    {
        byte[][] frames = new byte[most][];
        int count = history.CopyFrom(offset, frames);
        return string.Join(' ', frames.Take(count).Select(static frame => Encoding.UTF8.GetString(new KeptFrame(frame, 1).Payload)));
    }

    private TopicHistory Create(WsTopicOptions options) => new(options, _budget, 1);
}
