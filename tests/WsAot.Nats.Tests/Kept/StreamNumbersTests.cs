using WsAot.Nats.Kept;

namespace WsAot.Nats.Tests.Kept;

public sealed class StreamNumbersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_that_was_held_up_on_its_way_proves_nothing(bool isReplicated)
    {
        var numbers = new StreamNumbers(isReplicated);
        Assert.True(numbers.Hear(10));
        // After a change of the NATS server, from one that had been stopped.
        Assert.False(numbers.Hear(7));
        Assert.True(numbers.Hear(8));
        Assert.False(numbers.HaveGoneBack(before: 10, last: 10));
        Assert.False(numbers.HaveGoneBack(before: 10, last: 12));
    }

    [Fact]
    public void A_stream_that_has_fewer_messages_than_were_heard_has_gone_back()
    {
        var numbers = new StreamNumbers(isReplicated: false);
        numbers.Hear(10);
        Assert.False(numbers.Hear(7));
        Assert.True(numbers.HaveGoneBack(before: 10, last: 7));
    }
}
