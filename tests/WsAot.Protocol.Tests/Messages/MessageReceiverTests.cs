using System.Buffers;
using System.Runtime.CompilerServices;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverTests
{
    [Fact]
    public void It_is_one_reference() => Assert.Equal(IntPtr.Size, Unsafe.SizeOf<MessageReceiver>());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(4096)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(70000)]
    public void Section_5_6_a_binary_message_of_any_length_comes_whole(int length)
    {
        byte[] payload = Wire.Bytes(length);
        Receiving.Expect(Wire.Binary(payload), Received.Binary(payload));
    }

    [Fact]
    public void Messages_of_every_small_length_come_one_after_the_other()
    {
        byte[][] payloads = [.. Enumerable.Range(0, 200).Select(static i => Wire.Bytes(i, i))];
        byte[] wire = Wire.Join([.. payloads.Select(static payload => Wire.Binary(payload))]);
        Receiving.Expect(wire, [.. payloads.Select(Received.Binary)]);
    }

    [Fact]
    public void Section_5_7_the_examples_of_the_rfc_are_read()
    {
        byte[] hello = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        Receiving.Expect(hello, Received.Text("Hello"));
    }

    [Fact]
    public void Section_5_4_fragments_make_one_message()
    {
        byte[] wire = Wire.Join(
            Wire.Text("", fin: false),
            Wire.Continuation(Wire.Utf8("Hel"), fin: false),
            Wire.Continuation([], fin: false),
            Wire.Continuation(Wire.Utf8("lo"), fin: true),
            Wire.Text("next"));
        Receiving.Expect(wire, Received.Text("Hello"), Received.Text("next"));
    }

    [Fact]
    public void Section_5_4_empty_fragments_make_an_empty_message()
    {
        byte[] wire = Wire.Join(Wire.Binary([], fin: false), Wire.Continuation([], fin: true), Wire.Text("x"));
        Receiving.Expect(wire, Received.Binary([]), Received.Text("x"));
    }

    [Fact]
    public void Section_5_4_control_frames_come_between_fragments_and_leave_the_message_alone()
    {
        byte[] control = Wire.Bytes(125);
        byte[] first = Wire.Bytes(1000, 2);
        byte[] second = Wire.Bytes(3000, 3);
        byte[] wire = Wire.Join(
            Wire.Frame(Opcode.Pong, control),
            Wire.Binary(first, fin: false),
            Wire.Frame(Opcode.Ping, control),
            Wire.Frame(Opcode.Ping, []),
            Wire.Continuation(second, fin: false),
            Wire.Frame(Opcode.Pong, [1, 2, 3]),
            Wire.Continuation([], fin: true),
            Wire.Frame(Opcode.Ping, control));
        Receiving.Expect(
            wire,
            Received.Pong(control), Received.Ping(control), Received.Ping([]), Received.Pong([1, 2, 3]),
            Received.Binary([.. first, .. second]), Received.Ping(control));
    }

    [Fact]
    public void Section_5_4_a_control_frame_after_an_empty_first_fragment_leaves_the_message_alone()
    {
        byte[] wire = Wire.Join(
            Wire.Text("", fin: false), Wire.Frame(Opcode.Ping, [1, 2, 3]), Wire.Continuation(Wire.Utf8("abc"), fin: true));
        Receiving.Expect(wire, Received.Ping([1, 2, 3]), Received.Text("abc"));
    }

    [Fact]
    public void Section_5_5_1_a_close_comes_with_its_payload_also_between_fragments()
    {
        byte[] wire = Wire.Join(Wire.Text("a", fin: false), Wire.Close(1001, Wire.Utf8("bye")));
        Receiving.Expect(wire, Received.Close([3, 0xE9, (byte)'b', (byte)'y', (byte)'e']));
        Receiving.Expect(Wire.Frame(Opcode.Close, []), Received.Close([]));
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    [InlineData(0x81)]
    [InlineData(0x82)]
    public void Section_5_4_a_new_message_inside_a_fragmented_one_fails_at_its_first_byte(int first)
    {
        byte[] start = Wire.Text("a", fin: false);
        byte[] wire = Wire.Join(start, Wire.Raw(first, [1]));
        Receiving.Expect(wire, Received.Failure(ProtocolError.ExpectedContinuation));
        Assert.Equal(start.Length + 1, Receiving.CountUntilError(wire, Receiving.Wide, ProtocolError.ExpectedContinuation));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x80)]
    public void Section_5_4_a_continuation_of_nothing_fails_at_its_first_byte(int first)
    {
        byte[] wire = Wire.Join(Wire.Text("a"), Wire.Raw(first, [1]));
        Receiving.Expect(wire, Received.Text("a"), Received.Failure(ProtocolError.UnexpectedContinuation));
        Assert.Equal(1, Receiving.CountUntilError(Wire.Raw(first, [1]), Receiving.Wide, ProtocolError.UnexpectedContinuation));
    }

    [Fact]
    public void Section_5_2_every_reserved_bit_and_opcode_is_refused()
    {
        for (int first = 0; first < 256; first++)
        {
            int opcode = first & 0x0F;
            if ((first & 0x70) != 0) Receiving.Expect(Wire.Raw(first, []), Received.Failure(ProtocolError.ReservedBitSet));
            else if (opcode is (> 2 and < 8) or > 10) Receiving.Expect(Wire.Raw(first, []), Received.Failure(ProtocolError.ReservedOpcode));
        }
    }

    [Fact]
    public void Section_5_1_frames_that_are_not_masked_are_refused()
    {
        foreach (int length in new[] { 0, 5, 125, 126, 65536 })
        {
            Receiving.Expect(Wire.Header(0x81, length, masked: false), Received.Failure(ProtocolError.UnmaskedFrame));
        }
    }

    [Theory]
    [InlineData("89FE007E00000000", ProtocolError.ControlFrameTooLong)]
    [InlineData("8AFF", ProtocolError.ControlFrameTooLong)]
    [InlineData("098000000000", ProtocolError.FragmentedControlFrame)]
    [InlineData("82FE007D000000000000", ProtocolError.LengthNotMinimal)]
    [InlineData("82FF000000000000FFFF00000000", ProtocolError.LengthNotMinimal)]
    [InlineData("82FF800000000000000000000000", ProtocolError.LengthTopBitSet)]
    [InlineData("88810000000000", ProtocolError.ClosePayloadOfOneByte)]
    [InlineData("88820000000003EC", ProtocolError.InvalidCloseCode)]
    [InlineData("88830000000003E8FF", ProtocolError.InvalidCloseReason)]
    public void Wrong_frames_are_refused(string hex, ProtocolError expected)
    {
        byte[] wrong = Convert.FromHexString(hex);
        Receiving.Expect(wrong, Received.Failure(expected));
        Receiving.Expect(Wire.Join(Wire.Text("a"), wrong, Wire.Text("b")), Received.Text("a"), Received.Failure(expected));
        Receiving.Expect(Wire.Join(Wire.Text("a", fin: false), wrong.All(static b => b != 0x82) ? wrong : [0x70]),
            Received.Failure(wrong.All(static b => b != 0x82) ? expected : ProtocolError.ReservedBitSet));
    }

    [Fact]
    public void Section_5_2_a_length_that_is_not_minimal_is_refused_also_when_the_whole_frame_is_there()
    {
        for (int length = 0; length < 126; length++)
        {
            byte[] rest = new byte[4 + length];
            byte[] wide = [0x82, 0xFE, 0, (byte)length, .. rest];
            byte[] wider = [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, (byte)length, .. rest];
            Receiving.Expect(wide, Received.Failure(ProtocolError.LengthNotMinimal));
            Receiving.Expect(wider, Received.Failure(ProtocolError.LengthNotMinimal));
        }
    }

    [Fact]
    public void An_error_stays_and_drops_what_follows()
    {
        var pool = new PoisoningPool(RentedLength.PowerOfTwo);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(pool);
        Span<byte> input = Wire.Join([0xFF], Wire.Text("a"));
        Assert.Equal(ReceiveStatus.Error, receiver.Read(ref input, Receiving.Wide, receivers, out _));
        Assert.True(input.IsEmpty);
        for (int i = 0; i < 2; i++)
        {
            input = Wire.Text("a");
            Assert.Equal(ReceiveStatus.Error, receiver.Read(ref input, Receiving.Wide, receivers, out ReadOnlySpan<byte> payload));
            Assert.True(payload.IsEmpty);
            Assert.True(input.IsEmpty);
            Assert.Equal(ProtocolError.ReservedBitSet, receiver.Error);
            receiver.Release();
        }
    }

    [Fact]
    public void No_input_is_no_event()
    {
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(ArrayPool<byte>.Shared);
        Span<byte> input = [];
        Assert.Equal(
            ReceiveStatus.NeedMoreData, receiver.Read(ref input, Receiving.Wide, receivers, out _));
        Assert.True(receiver.IsIdle);
    }
}
