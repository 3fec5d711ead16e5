using System.Text;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverUtf8Tests
{
    [Theory]
    [InlineData("κόσμε")]
    [InlineData("aé€😀z")]
    [InlineData("\uD7FF\uE000\uFFFF\U00010000\U0010FFFF")]
    public void Section_8_1_text_may_be_cut_into_fragments_inside_a_character(string text)
    {
        byte[] bytes = Wire.Utf8(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            byte[] wire = Wire.Join(
                Wire.Frame(Opcode.Text, bytes[..cut], fin: false),
                Wire.Frame(Opcode.Ping, [0xFF]),
                Wire.Continuation(bytes[cut..], fin: true));
            Receiving.Expect(wire, Received.Ping([0xFF]), Received.Text(text));
        }
    }

    [Theory]
    [InlineData("C3")]
    [InlineData("E282")]
    [InlineData("F09F98")]
    public void Section_8_1_a_message_that_ends_inside_a_character_is_refused(string hex)
    {
        byte[] bytes = [.. "abc"u8, .. Convert.FromHexString(hex)];
        Receiving.Expect(Wire.Frame(Opcode.Text, bytes), Received.Failure(ProtocolError.InvalidUtf8));
        byte[] fragmented = Wire.Join(Wire.Frame(Opcode.Text, bytes, fin: false), Wire.Continuation([], fin: true));
        Receiving.Expect(fragmented, Received.Failure(ProtocolError.InvalidUtf8));
    }

    [Fact]
    public void Section_8_1_a_character_that_long_text_has_anywhere_is_read_whole_and_refused_when_cut_short()
    {
        // Long text is read in pieces of 8 KiB; all but the character is ASCII.
        byte[] letter = Wire.Utf8("\U0001F600");
        for (int place = 8188; place <= 8194; place++)
        {
            byte[] text = new byte[70_000];
            text.AsSpan().Fill((byte)'x');
            letter.CopyTo(text, place);
            Assert.Equal([Received.Of(ReceiveStatus.Text, text)], Receiving.ReadWhole(Wire.Frame(Opcode.Text, text), Receiving.Wide));
            for (int cut = 0; cut < letter.Length; cut++)
            {
                byte[] wrong = [.. text];
                wrong[place + cut] = (byte)'x';
                Assert.Equal(
                    [Received.Failure(ProtocolError.InvalidUtf8)], Receiving.ReadWhole(Wire.Frame(Opcode.Text, wrong), Receiving.Wide));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Section_8_1_ascii_between_the_bytes_of_a_character_is_refused_however_much_it_is(int front)
    {
        byte[] letter = Wire.Utf8("\U0001F600");
        byte[] text = new byte[70_000];
        text.AsSpan().Fill((byte)'x');
        letter.AsSpan(0, front).CopyTo(text.AsSpan(8192 - front));
        letter.AsSpan(front).CopyTo(text.AsSpan(16_384));
        Assert.Equal([Received.Failure(ProtocolError.InvalidUtf8)], Receiving.ReadWhole(Wire.Frame(Opcode.Text, text), Receiving.Wide));
    }

    [Theory]
    [InlineData("FF")]
    [InlineData("C0")]
    [InlineData("E080")]
    [InlineData("EDA0")]
    [InlineData("F490")]
    [InlineData("F08F")]
    [InlineData("CE61")]
    public void Section_8_1_the_first_impossible_byte_fails_inside_an_incomplete_frame(string hex)
    {
        byte[] wrong = Convert.FromHexString(hex);
        byte[] payload = [.. "hello"u8, .. wrong, .. "more of it"u8];
        byte[] wire = Wire.Frame(Opcode.Text, payload);
        Receiving.Expect(wire, Received.Failure(ProtocolError.InvalidUtf8));
        Assert.Equal(6 + 5 + wrong.Length, Receiving.CountUntilError(wire, Receiving.Wide, ProtocolError.InvalidUtf8));
    }

    [Theory]
    [InlineData("E080")]
    [InlineData("EDA0")]
    [InlineData("F490")]
    public void Section_8_1_the_first_impossible_byte_fails_across_fragments(string hex)
    {
        byte[] wrong = Convert.FromHexString(hex);
        byte[] first = Wire.Frame(Opcode.Text, [.. "hello"u8, wrong[0]], fin: false);
        byte[] wire = Wire.Join(first, Wire.Continuation([wrong[1], 0x41, 0x41], fin: false));
        Receiving.Expect(wire, Received.Failure(ProtocolError.InvalidUtf8));
        Assert.Equal(first.Length + 6 + 1, Receiving.CountUntilError(wire, Receiving.Wide, ProtocolError.InvalidUtf8));
    }

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Section_8_1_long_text_is_judged_as_one_wherever_the_receiver_cuts_it(string letter)
    {
        // In place, since it is whole, unfragmented and of 64 bits of length; and into a buffer, since it is in two fragments.
        byte[] bytes = Wire.Utf8(letter);
        for (int shift = 0; shift < bytes.Length; shift++)
        {
            byte[] text = Wire.Utf8(new string('a', shift) + string.Concat(Enumerable.Repeat(letter, 70_000 / bytes.Length)));
            Assert.Equal(
                [Received.Text(Encoding.UTF8.GetString(text))], Receiving.ReadWhole(Wire.Frame(Opcode.Text, text), Receiving.Wide));
            byte[] fragments = Wire.Join(Wire.Frame(Opcode.Text, text[..5], fin: false), Wire.Continuation(text[5..], fin: true));
            Assert.Equal([Received.Text(Encoding.UTF8.GetString(text))], Receiving.ReadWhole(fragments, Receiving.Wide));

            // A wrong byte in any of the pieces, the last one too.
            for (int at = 4095; at < text.Length; at += 4096)
            {
                byte[] wrong = [.. text];
                wrong[at] = 0xFF;
                Assert.Equal(
                    [Received.Failure(ProtocolError.InvalidUtf8)], Receiving.ReadWhole(Wire.Frame(Opcode.Text, wrong), Receiving.Wide));
            }
        }
    }

    [Fact]
    public void Binary_messages_are_not_validated_even_after_a_text_message()
    {
        byte[] wire = Wire.Join(
            Wire.Text("é"), Wire.Binary([0xFF, 0xC3], fin: false), Wire.Continuation([0xFF], fin: true), Wire.Text("é"));
        Receiving.Expect(wire, Received.Text("é"), Received.Binary([0xFF, 0xC3, 0xFF]), Received.Text("é"));
    }
}
