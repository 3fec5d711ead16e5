using WsAot.Protocol.Frames;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

public sealed class MessageReceiverRandomTests
{
    [Fact]
    public void Random_conversations_come_as_they_were_meant()
    {
        var random = new Random(17);
        for (int i = 0; i < 60; i++)
        {
            var expected = new List<Received>();
            byte[] wire = Conversation(random, messages: 6, expected);
            Receiving.Expect(wire, [.. expected]);
        }
    }

    [Fact]
    public void Damaged_conversations_are_judged_alike_however_they_are_cut()
    {
        // Low limits, so that these are passed too.
        var limits = new ReceiveLimits(300, 4);
        var random = new Random(19);
        var errors = new HashSet<ProtocolError>();
        for (int i = 0; i < 1500; i++)
        {
            byte[] wire = Conversation(random, messages: 3, []);
            for (int damages = random.Next(4); damages > 0; damages--) wire[random.Next(wire.Length)] ^= (byte)(1 << random.Next(8));
            Received[] events = Receiving.ReadWhole(wire, limits);
            Receiving.Expect(wire, limits, events);
            errors.Add(events.LastOrDefault().Error);
        }

        // The damage reaches most of the table; else this test would say little.
        Assert.InRange(errors.Count, 10, 16);
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("807F")]
    [InlineData("00FE0000")]
    public void A_frame_with_two_errors_fails_with_the_earlier_one_however_it_is_cut(string hex) =>
        Receiving.Expect(Convert.FromHexString(hex), Received.Failure(ProtocolError.UnexpectedContinuation));

    private static byte[] Conversation(Random random, int messages, List<Received> expected)
    {
        var wire = new List<byte>();
        for (int i = 0; i < messages; i++)
        {
            MaybeControl(random, wire, expected);
            bool isText = random.Next(2) == 0;
            byte[] payload = isText ? RandomText(random) : Wire.Bytes(RandomLength(random), random.Next());
            int fragments = random.Next(3) == 0 ? random.Next(2, 6) : 1;
            int[] cuts = [0, .. Enumerable.Range(1, fragments - 1).Select(_ => random.Next(payload.Length + 1)).Order(), payload.Length];
            for (int part = 0; part < fragments; part++)
            {
                if (part > 0) MaybeControl(random, wire, expected);
                Opcode opcode = part > 0 ? Opcode.Continuation : isText ? Opcode.Text : Opcode.Binary;
                wire.AddRange(Wire.Frame(opcode, payload[cuts[part]..cuts[part + 1]], fin: part == fragments - 1));
            }

            expected.Add(Received.Of(isText ? ReceiveStatus.Text : ReceiveStatus.Binary, payload));
        }

        byte[] reason = Wire.Utf8("done é");
        wire.AddRange(Wire.Close(1000, reason));
        expected.Add(Received.Close([3, 0xE8, .. reason]));
        return [.. wire];
    }

    private static void MaybeControl(Random random, List<byte> wire, List<Received> expected)
    {
        if (random.Next(3) != 0) return;
        byte[] payload = Wire.Bytes(random.Next(126), random.Next());
        bool isPing = random.Next(2) == 0;
        wire.AddRange(Wire.Frame(isPing ? Opcode.Ping : Opcode.Pong, payload));
        expected.Add(isPing ? Received.Ping(payload) : Received.Pong(payload));
    }

    private static int RandomLength(Random random) => random.Next(8) == 0 ? random.Next(3000) : random.Next(140);

    private static byte[] RandomText(Random random) => Wire.Utf8(string.Concat(
        Enumerable.Range(0, RandomLength(random) / 3).Select(_ => random.Next(5) switch { 0 => "é", 1 => "€", 2 => "😀", _ => "ab" })));
}
