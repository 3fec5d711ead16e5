namespace WsAot.Soak.Wire;

/// <summary>
/// Finds the frames in a server's bytes, however they are split: counts messages, passes on control frames, and keeps nothing else.
/// </summary>
internal sealed class FrameScanner
{
    private const int MaxHeaderBytes = 10;
    private const int MaxControlBytes = 125;

    private readonly byte[] _header = new byte[MaxHeaderBytes];
    private int _headerBytes;
    private ServerFrameHeader _frame;
    private bool _isInPayload;
    private ulong _left;
    private byte[] _control = [];

    /// <summary>Whole messages so far.</summary>
    public long Messages { get; private set; }

    private bool IsControl => _frame.Opcode >= Opcode.Close;

    /// <summary>Reads the next bytes.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="onControl">Gets each ping, pong and close frame, with its payload.</param>
    /// <exception cref="WireException">A server must not send this frame.</exception>
    public void Feed(ReadOnlySpan<byte> bytes, Action<Opcode, byte[]> onControl)
    {
        while (!bytes.IsEmpty)
        {
            if (!_isInPayload)
            {
                _header[_headerBytes++] = bytes[0];
                bytes = bytes[1..];
                if (_headerBytes < 2 || _headerBytes < ServerFrameHeader.LengthOf(_header[1])) continue;
                Begin();
            }

            int count = (int)Math.Min((ulong)bytes.Length, _left);
            if (IsControl) bytes[..count].CopyTo(_control.AsSpan(_control.Length - (int)_left));
            _left -= (ulong)count;
            bytes = bytes[count..];
            if (_left == 0) End(onControl);
        }
    }

    private void Begin()
    {
        _frame = ServerFrameHeader.Read(_header.AsSpan(0, _headerBytes));
        if (_frame.Fault is not null) throw new WireException(_frame.Fault);
        if (!Enum.IsDefined(_frame.Opcode)) throw new WireException($"a frame that begins with 0x{_frame.FirstByte:x2}");
        if (IsControl && (!_frame.Fin || _frame.PayloadLength > MaxControlBytes)) throw new WireException("no such control frame");
        _headerBytes = 0;
        _isInPayload = true;
        _left = _frame.PayloadLength;
        _control = IsControl ? new byte[_left] : [];
    }

    private void End(Action<Opcode, byte[]> onControl)
    {
        _isInPayload = false;
        if (IsControl) onControl(_frame.Opcode, _control);
        else if (_frame.Fin) Messages++;
    }
}
