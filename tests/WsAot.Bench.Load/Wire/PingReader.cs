namespace WsAot.Bench.Load.Wire;

/// <summary>Takes a server's ping out of the received bytes. It may come between any two answers, and may be split anywhere.</summary>
internal sealed class PingReader
{
    public const byte FirstByte = 0x80 | (byte)Opcode.Ping;

    private readonly List<byte> _frame = [];

    public bool IsInside => _frame.Count > 0;

    /// <summary>Takes the next byte.</summary>
    /// <returns>The pong to send when the ping is whole; otherwise null.</returns>
    public byte[]? Take(byte next)
    {
        _frame.Add(next);
        if (_frame.Count < 2 || _frame.Count < 2 + _frame[1]) return null;
        byte[] pong = Frames.FromClient(Opcode.Pong, _frame.ToArray().AsSpan(2));
        _frame.Clear();
        return pong;
    }
}
