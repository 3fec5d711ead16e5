using WsAot.Soak.Checks;
using WsAot.TestKit.Frames;

namespace WsAot.Soak.Tests.Checks;

public sealed class EchoLedgerTests
{
    private readonly Faults _faults = new();
    private readonly EchoLedger _ledger;

    public EchoLedgerTests()
    {
        _ledger = new EchoLedger("echo", _faults);
        foreach (byte[] payload in new byte[][] { [1], [2], [3] }) _ledger.OnSending(Opcode.Binary, payload);
    }

    [Fact]
    public void What_comes_back_as_it_was_sent_is_right()
    {
        Receive(1, 2, 3);
        _ledger.OnCompleted();
        Assert.Equal(0, _faults.Count);
        Assert.Equal(3, _ledger.Answered);
        Assert.Equal(0, _ledger.Outstanding);
    }

    [Fact]
    public void A_dropped_message_is_found_at_the_next_one()
    {
        Receive(1, 3);
        Assert.Contains("that of the message 1 later", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_last_message_is_found_at_the_end()
    {
        Receive(1, 2);
        _ledger.OnCompleted();
        Assert.Contains("1 messages were never answered", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubled_message_is_found()
    {
        Receive(1, 1);
        Assert.Single(_faults.First);
    }

    [Fact]
    public void A_doubled_last_message_is_found()
    {
        Receive(1, 2, 3, 3);
        Assert.Contains("doubled", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_messages_that_changed_places_are_found()
    {
        Receive(2, 1, 3);
        Assert.Contains("out of order", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        Receive(1, 9);
        Assert.Contains("different from byte 0 on", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_type_is_found()
    {
        _ledger.OnReceived(Opcode.Text, [1]);
        Assert.Contains("is Text, not Binary", Assert.Single(_faults.First), StringComparison.Ordinal);
    }

    private void Receive(params byte[] payloads)
    {
        foreach (byte payload in payloads) _ledger.OnReceived(Opcode.Binary, [payload]);
    }
}
