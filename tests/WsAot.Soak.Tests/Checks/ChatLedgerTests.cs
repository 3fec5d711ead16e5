using WsAot.Soak.Checks;

namespace WsAot.Soak.Tests.Checks;

public sealed class ChatLedgerTests
{
    private readonly Faults _faults = new();
    private readonly ChatLedger _ledger;

    public ChatLedgerTests() => _ledger = new ChatLedger("member", senders: 2, messagesEach: 2, _faults);

    [Fact]
    public void Any_order_between_senders_is_right()
    {
        Hear((1, 1), (0, 1), (0, 2), (1, 2));
        _ledger.OnCompleted();
        Assert.True(_ledger.IsComplete);
        Assert.Equal(0, _faults.Count);
    }

    [Fact]
    public void Another_order_of_one_sender_is_found()
    {
        Hear((0, 2), (0, 1));
        Assert.Contains("number 2 after 0", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubled_message_is_found()
    {
        Hear((0, 1), (1, 1), (0, 1));
        Assert.Contains("doubled", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_message_is_found_at_the_end()
    {
        Hear((0, 1), (0, 2), (1, 1));
        _ledger.OnCompleted();
        Assert.Contains("3 of 4", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("0")]
    [InlineData("7 1 ")]
    [InlineData("-1 1 ")]
    public void What_nobody_said_is_found(string message)
    {
        _ledger.OnReceived(System.Text.Encoding.UTF8.GetBytes(message));
        Assert.Contains("that nobody said", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        byte[] message = ChatLedger.Message(0, 1, 100);
        message[^1]++;
        _ledger.OnReceived(message);
        Assert.Equal(1, _faults.Count);
    }

    private void Hear(params (int Sender, int Number)[] messages)
    {
        foreach ((int sender, int number) in messages) _ledger.OnReceived(ChatLedger.Message(sender, number, 50));
    }
}
