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
        Assert.Equal((0L, 0L), (history.LastOffset, history.Floor));
        for (int i = 1; i <= 25; i++) Assert.Equal(i, Append(history, $"m{i}"));
        Assert.Equal((25L, 15L), (history.LastOffset, history.Floor));
        Assert.Equal("m16 m17 m18 m19 m20 m21 m22 m23 m24 m25", After(history, 15));
        Assert.Equal("m24 m25", After(history, 23));
        Assert.Equal("", After(history, 25));
        Assert.Equal("m17 m18", After(history, 16, 2));
    }

    [Fact]
    public void What_is_too_old_is_dropped_and_its_memory_returned()
    {
        TopicHistory history = Create(new WsTopicOptions { History = 10, HistorySeconds = 60 });
        Append(history, "a", 0);
        Append(history, "b", 30);
        history.Expire(59);
        Assert.Equal("a b", After(history, 0));
        history.Expire(60);
        Assert.Equal((2L, 1L), (history.LastOffset, history.Floor));
        history.Expire(90);
        Assert.True(history.IsEmpty);
        Assert.Equal(2L, history.Floor);
        Assert.Equal(0, _budget.Bytes);
        Assert.Equal(3, Append(history, "c", 90));
    }

    [Fact]
    public void The_bytes_of_a_topic_are_bounded()
    {
        const int Each = 100 + 2 + TopicHistory.OverheadBytes;
        TopicHistory history = Create(new WsTopicOptions { History = 1000, HistoryBytes = (3 * Each) + 5 });
        for (int i = 0; i < 5; i++) Append(history, new string('x', 100));
        Assert.Equal((5L, 2L), (history.LastOffset, history.Floor));
        Assert.Equal(3 * Each, _budget.Bytes);
        // One that is larger than all that may be kept leaves nothing: no gap could be told from it.
        Assert.Equal(6, Append(history, new string('x', 1000)));
        Assert.True(history.IsEmpty);
        Assert.Equal(6, history.Floor);
        Assert.Equal(0, _budget.Bytes);
    }

    [Fact]
    public void The_bytes_of_all_topics_are_bounded_at_the_expense_of_the_one_that_is_published_to()
    {
        TopicHistory first = Create(new WsTopicOptions { History = 1000 }), second = Create(new WsTopicOptions { History = 1000 });
        for (int i = 0; i < 60; i++) Append(first, new string('x', 100));
        long kept = first.LastOffset - first.Floor;
        for (int i = 0; i < 60; i++) Append(second, new string('x', 100));
        Assert.Equal(kept, first.LastOffset - first.Floor);
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
        for (int i = 0; i < frames.Length; i++) frames[i] = new KeptFrame(Opcode.Text, new byte[20], i + 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (KeptFrame frame in frames) history.Append(frame, history.LastOffset, 0);
        long rings = GC.GetAllocatedBytesForCurrentThread() - before;
        // The rings of all sizes on the way, and then the array of each frame: its header, its length, and 22 bytes.
        const int ArrayBytes = 16 + 8 + 22 + 2;
        Assert.InRange((rings / 2.0 / frames.Length) + ArrayBytes, 20, 20 + 64);
    }

    [Fact]
    public void Numbers_need_not_be_consecutive()
    {
        TopicHistory history = Create(new WsTopicOptions { History = 3 });
        long before = 0;
        foreach (long offset in (long[])[5, 9, 12, 40])
        {
            history.Append(new KeptFrame(Opcode.Text, Encoding.UTF8.GetBytes($"m{offset}"), offset), before, 0);
            before = offset;
        }

        Assert.Equal((40L, 5L), (history.LastOffset, history.Floor));
        Assert.Equal("m9 m12 m40", After(history, 5));
        Assert.Equal("m12 m40", After(history, 11));
        Assert.Equal("m12", After(history, 9, last: 39));
        Assert.Equal("", After(history, 40));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 8)]
    public void What_stands_before_a_message_that_is_missing_is_not_kept(long before, long floor)
    {
        TopicHistory history = Create(new WsTopicOptions { History = 3 });
        Append(history, "a");
        history.Append(new KeptFrame(Opcode.Text, "b"u8, 9), before, 0);
        Assert.Equal(floor, history.Floor);
        Assert.Equal("b", After(history, 0));
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
        var frame = new KeptFrame(Opcode.Text, Encoding.UTF8.GetBytes(text), history.LastOffset + 1);
        history.Append(frame, history.LastOffset, seconds);
        return frame.Offset;
    }

    private static string After(TopicHistory history, long offset, int most = 100, long last = long.MaxValue)
    {
        var messages = new KeptMessage[most];
        int count = history.CopyAfter(offset, last, messages);
        return string.Join(
            ' ', messages.Take(count).Select(static message => Encoding.UTF8.GetString(new KeptFrame(message.Frame, 1).Payload)));
    }

    private TopicHistory Create(WsTopicOptions options) => new(options, _budget, 1);
}
