using System.Text;
using WsAot.Fuzz.Support;
using WsAot.Protocol;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Frames;

/// <summary>
/// Compares the frame receiver with a naive one: the same events or the same error, however the bytes are split. An input is two bytes for
/// the limits and the compression, and the client's bytes after the handshake.
/// </summary>
internal class FrameTarget : FuzzTarget
{
    private static readonly int[] s_maxMessageBytes = [1, 20, 125, 126, 300, 2000, 70_000, 65_536];

    public override string Name => "frames";

    public override int SliceInputs => 25_000;

    public override byte[] Generate(FuzzRandom random) => FrameGenerator.Generate(random);

    public override string? Check(byte[] input)
    {
        if (input.Length < 2) return null;
        int maxMessageBytes = s_maxMessageBytes[input[0] & 7];
        int maxFragments = 1 + ((input[0] >> 3) & 7);
        bool isCompressed = (input[1] & 1) != 0;
        bool noContextTakeover = (input[1] & 2) != 0;
        int windowBits = 8 + ((input[1] >> 2) & 7);
        byte[] bytes = input[2..];

        NaiveReceiver reference = CreateReference(
            maxMessageBytes, maxFragments, isCompressed ? new NaiveInflater(windowBits, noContextTakeover) : null);
        foreach (byte value in bytes) reference.Add(value);
        string expected = reference.ToString();

        var limits = new ReceiveLimits(maxMessageBytes, maxFragments);
        foreach (int[] split in Splits.Of(bytes))
        {
            var inflaterPool = new PoisoningPool(RentedLength.OddlyLonger);
            MessageInflater? inflater = isCompressed ? new MessageInflater(windowBits, noContextTakeover, inflaterPool) : null;
            string actual = Drive(bytes, split, limits, inflater);
            inflater?.Dispose();
            if (inflaterPool.LentCount != 0 || inflaterPool.FindProblem() is not null) return "The inflater's buffers are not all back.";
            if (reference.IsDefined && actual != expected)
            {
                return $"Read {Splits.Describe(split)} the events are\n{actual}and should be\n{expected}";
            }
        }

        return null;
    }

    protected virtual NaiveReceiver CreateReference(int maxMessageBytes, int maxFragments, NaiveInflater? inflater) =>
        new(maxMessageBytes, maxFragments, inflater);

    /// <summary>The receiver for the next piece: the same one.</summary>
    protected virtual MessageReceiver Between(MessageReceiver receiver) => receiver;

    private string Drive(byte[] bytes, int[] split, ReceiveLimits limits, MessageInflater? inflater)
    {
        var pool = new PoisoningPool(RentedLength.OddlyLonger);
        MessageReceiver receiver = default;
        var receivers = new ReceiverPool(pool);
        var events = new StringBuilder();
        // The receiver unmasks in place.
        byte[] copy = [.. bytes];
        int start = 0;
        foreach (int length in split)
        {
            Span<byte> input = copy.AsSpan(start, length);
            start += length;
            ReceiveStatus status;
            do
            {
                int before = input.Length;
                status = receiver.Read(ref input, limits, receivers, out ReadOnlySpan<byte> payload, inflater);
                if (OpcodeOf(status) is int opcode) events.Append(EventText.Of(opcode, payload));
                else if (!input.IsEmpty || !payload.IsEmpty) events.Append("input or payload left over\n");
                if (OpcodeOf(status) is not null && input.Length >= before && before > 0) return "An event came of nothing.";
            }
            while (OpcodeOf(status) is not null);

            // Between messages, the receiver must hold nothing; at other times, no more than the received bytes need.
            if (receiver.IsIdle && pool.LentCount > 0) events.Append("a buffer is owned while idle\n");
            if (pool.LargestRent > 512 + (2 * start)) events.Append("a buffer was rented for bytes that had not come\n");
            receiver = Between(receiver);
        }

        ProtocolError error = receiver.Error;
        receiver.Release();
        receiver.Release();
        if (receiver.Error != error) events.Append("the error was forgotten\n");
        if (pool.LentCount != 0) events.Append("a buffer was not returned\n");
        if (pool.FindProblem() is { } problem) events.Append(problem).Append('\n');
        return events.Append(EventText.OfEnd(error)).ToString();
    }

    private static int? OpcodeOf(ReceiveStatus status) => status switch
    {
        ReceiveStatus.Text => 1,
        ReceiveStatus.Binary => 2,
        ReceiveStatus.Close => 8,
        ReceiveStatus.Ping => 9,
        ReceiveStatus.Pong => 10,
        _ => null,
    };
}
