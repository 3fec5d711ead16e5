using System.Buffers.Text;

namespace WsAot.Soak.Checks;

/// <summary>
/// The messages that one member of a room receives: from each sender the numbers 1, 2, 3 ... without a gap, because the server keeps more
/// than a round for a slow reader. There is no order between senders.
/// </summary>
internal sealed class ChatLedger(string who, int senders, int messagesEach, Faults faults)
{
    private readonly int[] _last = new int[senders];
    private int _heard;
    private bool _isBroken;

    public int Heard => Volatile.Read(ref _heard);

    public bool IsComplete => Heard == senders * messagesEach;

    /// <summary>The last number received from a sender.</summary>
    public int LastOf(int sender) => Volatile.Read(ref _last[sender]);

    /// <summary>A message: <c>sender number filling</c>, where the filling follows from both.</summary>
    public static byte[] Message(int sender, int number, int length)
    {
        byte[] message = new byte[Math.Max(length, 24)];
        message.AsSpan().Fill((byte)('a' + (sender * 31 + number) % 26));
        Utf8Formatter.TryFormat(sender, message, out int written);
        message[written++] = (byte)' ';
        Utf8Formatter.TryFormat(number, message.AsSpan(written), out int more);
        message[written + more] = (byte)' ';
        return message;
    }

    public void OnReceived(ReadOnlySpan<byte> message)
    {
        if (_isBroken) return;
        if (!TryParse(message, out int sender, out int number)
            || sender >= senders
            || !message.SequenceEqual(Message(sender, number, message.Length)))
        {
            Break($"{message.Length} bytes that nobody said");
            return;
        }

        // With number 0, a member detects that it is in the room.
        if (number == 0) return;
        int last = _last[sender];
        if (number != last + 1)
        {
            Break(
                $"from sender {sender} number {number} after {last}: "
                + $"{(number <= last ? "doubled or out of order" : "lost or out of order")}");
            return;
        }

        Volatile.Write(ref _last[sender], number);
        Interlocked.Increment(ref _heard);
    }

    public void OnCompleted()
    {
        if (!_isBroken && !IsComplete) Break($"heard {Heard} of {senders * messagesEach} messages: lost");
    }

    private static bool TryParse(ReadOnlySpan<byte> message, out int sender, out int number)
    {
        number = 0;
        if (!Utf8Parser.TryParse(message, out sender, out int digits) || sender < 0 || digits >= message.Length || message[digits] != ' ')
        {
            return false;
        }

        return Utf8Parser.TryParse(message[(digits + 1)..], out number, out _) && number >= 0;
    }

    private void Break(string fault)
    {
        _isBroken = true;
        faults.Add($"{who}: {fault}");
    }
}
