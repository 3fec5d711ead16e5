using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverLimitTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Section_10_4_a_message_of_the_limit_is_accepted_and_one_byte_more_is_not(int limit)
    {
        var limits = new ReceiveLimits(limit, 4);
        byte[] payload = Wire.Bytes(limit);
        Receiving.Expect(Wire.Binary(payload), limits, Received.Binary(payload));
        Receiving.Expect(Wire.Binary(Wire.Bytes(limit + 1)), limits, Received.Failure(ProtocolError.MessageTooBig));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(126)]
    [InlineData(65536)]
    [InlineData(long.MaxValue)]
    public void Section_10_4_a_declared_length_over_the_limit_fails_with_the_header(long length)
    {
        byte[] header = Wire.Header(0x82, length);
        var limits = new ReceiveLimits(10, 4);
        Receiving.Expect(header, limits, Received.Failure(ProtocolError.MessageTooBig));
        Assert.Equal(header.Length, Receiving.CountUntilError(header, limits, ProtocolError.MessageTooBig));
    }

    [Fact]
    public void Section_10_4_the_limit_holds_for_all_fragments_together()
    {
        var limits = new ReceiveLimits(10, 100);
        byte[] six = Wire.Binary(Wire.Bytes(6), fin: false);
        Receiving.Expect(
            Wire.Join(six, Wire.Continuation(Wire.Bytes(4), fin: true)), limits, Received.Binary([.. Wire.Bytes(6), .. Wire.Bytes(4)]));
        byte[] tooBig = Wire.Join(six, Wire.Header(0x00, 5));
        Receiving.Expect(tooBig, limits, Received.Failure(ProtocolError.MessageTooBig));
        Assert.Equal(tooBig.Length, Receiving.CountUntilError(tooBig, limits, ProtocolError.MessageTooBig));
        Receiving.Expect(Wire.Join(six, Wire.Header(0x80, long.MaxValue)), limits, Received.Failure(ProtocolError.MessageTooBig));
    }

    [Fact]
    public void The_limit_starts_anew_with_each_message_and_does_not_count_control_frames()
    {
        var limits = new ReceiveLimits(10, 2);
        byte[] message = Wire.Join(
            Wire.Binary(Wire.Bytes(5), fin: false), Wire.Frame(Opcode.Ping, Wire.Bytes(100)), Wire.Continuation(Wire.Bytes(5), fin: true));
        Received binary = Received.Binary([.. Wire.Bytes(5), .. Wire.Bytes(5)]);
        Received ping = Received.Ping(Wire.Bytes(100));
        Receiving.Expect(Wire.Join(message, message, message), limits, ping, binary, ping, binary, ping, binary);
    }

    [Fact]
    public void Section_10_4_fragments_are_counted_the_empty_ones_too()
    {
        var limits = new ReceiveLimits(1000, 3);
        byte[] two = Wire.Join(Wire.Binary([], fin: false), Wire.Continuation([], fin: false));
        Receiving.Expect(Wire.Join(two, Wire.Continuation([1], fin: true)), limits, Received.Binary([1]));
        byte[] three = Wire.Join(two, Wire.Continuation([], fin: false));
        Receiving.Expect(Wire.Join(three, Wire.Continuation([], fin: true)), limits, Received.Failure(ProtocolError.TooManyFragments));
        Assert.Equal(three.Length + 6,
            Receiving.CountUntilError(Wire.Join(three, Wire.Continuation([1], fin: true)), limits, ProtocolError.TooManyFragments));
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ReceiveLimits(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ReceiveLimits(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ReceiveLimits(ReceiveLimits.LargestMaxMessageBytes + 1, 1));
        Assert.Equal(ReceiveLimits.LargestMaxMessageBytes, new ReceiveLimits(ReceiveLimits.LargestMaxMessageBytes, 1).MaxMessageBytes);
    }
}
