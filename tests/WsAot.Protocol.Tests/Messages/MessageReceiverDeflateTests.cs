using System.Buffers;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;
using WsAot.TestKit.Deflate;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverDeflateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(1000)]
    [InlineData(5000)]
    [InlineData(70000)]
    public void A_compressed_message_of_any_length_comes_whole_and_others_around_it(int length)
    {
        byte[] message = Deflated.Structured(length, length);
        byte[] noise = Wire.Bytes(length);
        byte[] wire = Wire.Join(
            Deflated.Frame(Opcode.Binary, Deflated.Message(message)),
            Wire.Text("plain"),
            Deflated.Frame(Opcode.Binary, Deflated.Message(noise)),
            Deflated.Frame(Opcode.Text, Deflated.Message(Wire.Utf8("héllo"))),
            Wire.Binary(noise),
            Wire.Close(1000, []));
        Receiving.ExpectInflatedEach(wire, Receiving.Wide,
            Received.Binary(message), Received.Text("plain"), Received.Binary(noise), Received.Text("héllo"), Received.Binary(noise),
            Received.Close([3, 0xE8]));
    }

    [Fact]
    public void Section_7_2_3_1_the_examples_of_the_rfc_are_read()
    {
        byte[] wire = Wire.Join(
            Deflated.Frame(Opcode.Text, Convert.FromHexString("F248CDC9C90700")),
            Deflated.Frame(Opcode.Text, Convert.FromHexString("F248CD"), fin: false),
            Wire.Continuation(Convert.FromHexString("C9C90700"), fin: true),
            Deflated.Frame(Opcode.Text, Convert.FromHexString("00")));
        Receiving.ExpectInflatedEach(wire, Receiving.Wide, Received.Text("Hello"), Received.Text("Hello"), Received.Text(""));
        Receiving.ExpectInflated(
            Wire.Join(wire, Deflated.Frame(Opcode.Text, Convert.FromHexString("F200110000"))), Receiving.Wide,
            Received.Text("Hello"), Received.Text("Hello"), Received.Text(""), Received.Text("Hello"));
    }

    [Fact]
    public void Section_6_1_fragments_may_be_cut_anywhere_and_control_frames_come_between()
    {
        byte[] message = Wire.Utf8("a text with ümlauts, a text with ümlauts");
        byte[] compressed = Deflated.Message(message);
        byte[] ping = Wire.Bytes(125);
        Received text = Received.Of(ReceiveStatus.Text, message);
        for (int cut = 0; cut <= compressed.Length; cut++)
        {
            Receiving.ExpectInflatedEach(
                Wire.Join(Deflated.Fragments(Opcode.Text, compressed, ping, cut), Wire.Text("x")), Receiving.Wide,
                Received.Ping(ping), text, Received.Text("x"));
        }

        int[] cuts = [.. Enumerable.Range(0, compressed.Length + 1)];
        Receiving.ExpectInflatedEach(
            Deflated.Fragments(Opcode.Text, compressed, [], cuts), Receiving.Wide, [.. cuts.Select(static _ => Received.Ping([])), text]);
    }

    [Fact]
    public void Random_conversations_with_context_takeover_come_as_they_were_meant()
    {
        var random = new Random(23);
        for (int round = 0; round < 15; round++)
        {
            byte[][] messages = [.. Enumerable.Range(0, 8).Select(i => Deflated.Structured(random.Next(1 << random.Next(1, 13)), i))];
            byte[][] compressed = PlatformDeflate.CompressAll(messages);
            var wire = new List<byte>();
            var expected = new List<Received>();
            for (int i = 0; i < messages.Length; i++)
            {
                if (random.Next(3) == 0)
                {
                    wire.AddRange(Wire.Binary(messages[0]));
                    expected.Add(Received.Binary(messages[0]));
                }

                int[] cuts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(compressed[i].Length + 1)).Order()];
                wire.AddRange(Deflated.Fragments(Opcode.Binary, compressed[i], [1, 2, 3], cuts));
                expected.AddRange(cuts.Select(static _ => Received.Ping([1, 2, 3])));
                expected.Add(Received.Binary(messages[i]));
            }

            Receiving.ExpectInflated([.. wire], Receiving.Wide, [.. expected]);
        }
    }

    [Fact]
    public void Damaged_conversations_are_judged_alike_however_they_are_cut()
    {
        var limits = new ReceiveLimits(2000, 4);
        var random = new Random(37);
        var errors = new HashSet<ProtocolError>();
        for (int i = 0; i < 250; i++)
        {
            byte[] message = i % 3 == 0 ? new byte[random.Next(1950, 2010)] : Deflated.Structured(random.Next(300), i);
            byte[] compressed = Deflated.Message(message);
            byte[] wire = Wire.Join(
                Deflated.Fragments(i % 2 == 0 ? Opcode.Text : Opcode.Binary, compressed, [], compressed.Length / 2), Wire.Text("x"));
            for (int damages = random.Next(3); damages > 0; damages--) wire[random.Next(wire.Length)] ^= (byte)(1 << random.Next(8));
            Received[] events = Whole(wire, limits);
            Receiving.ExpectInflatedEach(wire, limits, events);
            errors.Add(events.LastOrDefault().Error);
        }

        Assert.InRange(errors.Count, 8, 17);
    }

    [Fact]
    public void Section_6_rsv1_without_agreement_is_refused()
    {
        Receiving.Expect(Deflated.Frame(Opcode.Text, [0]), Received.Failure(ProtocolError.ReservedBitSet));
        Receiving.Expect(Deflated.Frame(Opcode.Binary, [0], fin: false), Received.Failure(ProtocolError.ReservedBitSet));
        Assert.Equal(1002, ProtocolErrors.Describe(ProtocolError.ReservedBitSet).CloseCode);
    }

    [Fact]
    public void Section_6_with_agreement_rsv1_is_for_the_first_frame_of_a_message_only()
    {
        Received wrong = Received.Failure(ProtocolError.ReservedBitSet);
        foreach (Opcode opcode in new[] { Opcode.Continuation, Opcode.Close, Opcode.Ping, Opcode.Pong })
        {
            Receiving.ExpectInflatedEach(Deflated.Frame(opcode, []), Receiving.Wide, wrong);
            Receiving.ExpectInflatedEach(
                Wire.Join(Deflated.Frame(Opcode.Text, [0xF2, 0x48], fin: false), Deflated.Frame(opcode, [])), Receiving.Wide, wrong);
            Receiving.ExpectInflatedEach(Wire.Join(Wire.Text("a", fin: false), Deflated.Frame(opcode, [])), Receiving.Wide, wrong);
        }

        for (int first = 0; first < 256; first++)
        {
            if ((first & 0x30) != 0)
            {
                Receiving.ExpectInflatedEach(Wire.Raw(first, [0]), Receiving.Wide, wrong);
            }
            else if ((first & 0x40) != 0 && (first & 0x0F) is not (1 or 2))
            {
                Receiving.ExpectInflatedEach(Wire.Raw(first, [0]), Receiving.Wide, wrong);
            }
        }

        Receiving.ExpectInflatedEach(
            Wire.Join(Wire.Text("a", fin: false), Deflated.Frame(Opcode.Text, [0])), Receiving.Wide,
            Received.Failure(ProtocolError.ExpectedContinuation));
    }

    [Fact]
    public void Section_8_1_of_rfc_6455_holds_for_what_was_inflated()
    {
        foreach (byte[] bytes in new byte[][] { [0xFF], [0xC0, 0x80], [0xE2, 0x82], [.. Wire.Utf8("x"), 0xED, 0xA0, 0x80] })
        {
            byte[] compressed = Deflated.Message(bytes);
            Receiving.ExpectInflatedEach(
                Wire.Join(Deflated.Frame(Opcode.Text, compressed), Wire.Text("x")),
                Receiving.Wide,
                Received.Failure(ProtocolError.InvalidUtf8));
            Receiving.ExpectInflatedEach(Deflated.Frame(Opcode.Binary, compressed), Receiving.Wide, Received.Binary(bytes));
        }

        Assert.Equal(1007, ProtocolErrors.Describe(ProtocolError.InvalidUtf8).CloseCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("F248CD")]
    [InlineData("F248CDC9C907000000FFFF")]
    [InlineData("06000000")]
    public void Section_7_2_2_what_is_not_deflate_is_refused(string hex)
    {
        byte[] compressed = Convert.FromHexString(hex);
        Received wrong = Received.Failure(ProtocolError.InvalidDeflateData);
        Receiving.ExpectInflatedEach(Wire.Join(Deflated.Frame(Opcode.Text, compressed), Wire.Text("x")), Receiving.Wide, wrong);
        Receiving.ExpectInflatedEach(
            Wire.Join(Deflated.Frame(Opcode.Binary, [], fin: false), Wire.Continuation(compressed, fin: true)), Receiving.Wide, wrong);
        Assert.Equal(1007, ProtocolErrors.Describe(ProtocolError.InvalidDeflateData).CloseCode);
    }

    private static Received[] Whole(byte[] wire, ReceiveLimits limits)
    {
        using MessageInflater inflater = Deflated.Inflater(noContextTakeover: true);
        var receiver = default(MessageReceiver);
        var receivers = new ReceiverPool(ArrayPool<byte>.Shared);
        var events = new List<Received>();
        Span<byte> input = [.. wire];
        while (true)
        {
            ReceiveStatus status = receiver.Read(ref input, limits, receivers, out ReadOnlySpan<byte> payload, inflater);
            if (status is ReceiveStatus.NeedMoreData or ReceiveStatus.Error) break;
            events.Add(Received.Of(status, payload));
        }

        if (receiver.Error != ProtocolError.None) events.Add(Received.Failure(receiver.Error));
        receiver.Release();
        return [.. events];
    }
}
