using System.Buffers.Binary;
using System.Text;
using WsAot.Fuzz.Deflate;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Text;
using WsAot.Protocol;

namespace WsAot.Fuzz.Frames;

/// <summary>
/// Applies RFC 6455 section 5 and the limits to a client's bytes, one at a time. It reuses no buffer and is not fast, and it finds an error
/// at the first byte that makes it certain.
/// </summary>
/// <param name="maxMessageBytes">As in the receiver's limits.</param>
/// <param name="maxFragments">As in the receiver's limits.</param>
/// <param name="inflater">Null if compression was not negotiated.</param>
internal class NaiveReceiver(int maxMessageBytes, int maxFragments, NaiveInflater? inflater)
{
    private readonly List<byte> _header = [];
    private readonly List<byte> _payload = [];      // of the current frame
    private readonly List<byte> _message = [];      // of all its fragments
    private NaiveUtf8 _text;
    private ulong _payloadLength;
    private byte[] _key = [];
    private bool _isInPayload;
    private bool _isCompressed;
    private int _messageOpcode;
    private int _fragments;

    /// <summary>The events: the opcodes and payloads of messages and control frames.</summary>
    public List<(int Opcode, byte[] Payload)> Events { get; } = [];

    /// <summary>The error; later bytes are ignored.</summary>
    public ProtocolError Error { get; private set; }

    /// <summary>False after a compressed message on which two inflaters may disagree: see <see cref="NaiveInflater"/>.</summary>
    public bool IsDefined { get; private set; } = true;

    private bool IsControl => (_header[0] & 0x08) != 0;

    private bool IsFinal => (_header[0] & 0x80) != 0;

    private int Opcode => _header[0] & 0x0F;

    public void Add(byte value)
    {
        if (Error != ProtocolError.None) return;
        if (_isInPayload) AddToPayload(value);
        else AddToHeader(value);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((int opcode, byte[] payload) in Events) text.Append(EventText.Of(opcode, payload));
        return text.Append(EventText.OfEnd(Error)).ToString();
    }

    /// <summary>Whether to ignore a rule; only tests of the fuzzer do that.</summary>
    protected virtual bool Forgives(ProtocolError error) => false;

    private void Require(bool isKept, ProtocolError error)
    {
        if (!isKept && Error == ProtocolError.None && !Forgives(error)) Error = error;
    }

    private void AddToHeader(byte value)
    {
        _header.Add(value);
        bool isData = Opcode is 1 or 2;
        int length7 = _header.Count > 1 ? _header[1] & 0x7F : 0;
        if (_header.Count == 1)
        {
            // Section 5.2; RFC 7692 section 6 gives RSV1 a meaning on the first frame of a message.
            Require((value & 0x30) == 0, ProtocolError.ReservedBitSet);
            Require((value & 0x40) == 0 || (isData && inflater is not null), ProtocolError.ReservedBitSet);
            Require(Opcode is 0 or 1 or 2 or 8 or 9 or 10, ProtocolError.ReservedOpcode);
            Require(!IsControl || IsFinal, ProtocolError.FragmentedControlFrame);                  // section 5.5
            Require(Opcode != 0 || _fragments > 0, ProtocolError.UnexpectedContinuation);          // section 5.4
            Require(!isData || _fragments == 0, ProtocolError.ExpectedContinuation);
        }

        if (_header.Count == 2)
        {
            Require((value & 0x80) != 0, ProtocolError.UnmaskedFrame);                             // section 5.1
            Require(!IsControl || length7 <= 125, ProtocolError.ControlFrameTooLong);              // section 5.5
        }

        // Section 5.2: the length in the least number of bytes, and its top bit zero.
        byte[] extended = [.. _header.Skip(2)];
        if (length7 == 126 && extended.Length == 2)
        {
            Require(BinaryPrimitives.ReadUInt16BigEndian(extended) > 125, ProtocolError.LengthNotMinimal);
        }

        if (length7 == 127 && extended.Length == 1) Require(extended[0] < 0x80, ProtocolError.LengthTopBitSet);
        if (length7 == 127 && extended.Length == 6) Require(extended.Any(static part => part != 0), ProtocolError.LengthNotMinimal);

        int extendedLength = length7 switch { 126 => 2, 127 => 8, _ => 0 };
        if (Error != ProtocolError.None || _header.Count < 2 || extended.Length < extendedLength + 4) return;
        _payloadLength = extendedLength == 0
            ? (ulong)length7
            : extended.Take(extendedLength).Aggregate(0UL, static (sum, part) => (sum << 8) | part);
        _key = extended[extendedLength..];
        BeginPayload();
    }

    private void BeginPayload()
    {
        Require(Opcode != 8 || _payloadLength != 1, ProtocolError.ClosePayloadOfOneByte);          // section 5.5.1
        if (!IsControl)
        {
            bool isCompressed = _fragments == 0 ? (_header[0] & 0x40) != 0 : _isCompressed;
            // Incompressible data grows a little, and the limit for compressed messages leaves room for that.
            int max = isCompressed ? maxMessageBytes + (maxMessageBytes / 8) + (maxMessageBytes / 64) + 64 : maxMessageBytes;
            Require(_payloadLength + (ulong)_message.Count <= (ulong)max, ProtocolError.MessageTooBig);    // section 10.4
            Require(_fragments < maxFragments, ProtocolError.TooManyFragments);
            if (_fragments == 0) (_messageOpcode, _isCompressed, _text) = (Opcode, isCompressed, default);
            _fragments++;
        }

        _isInPayload = Error == ProtocolError.None;
        if (_isInPayload && _payloadLength == 0) EndFrame();
    }

    private void AddToPayload(byte value)
    {
        value ^= _key[_payload.Count % 4];                                                          // section 5.3
        _payload.Add(value);
        if (!IsControl)
        {
            _message.Add(value);
            if (_messageOpcode == 1 && !_isCompressed) Require(_text.Add(value), ProtocolError.InvalidUtf8);   // section 8.1
        }

        if (Error == ProtocolError.None && (ulong)_payload.Count == _payloadLength) EndFrame();
    }

    private void EndFrame()
    {
        byte[] payload = [.. _payload];
        (int opcode, bool isControl, bool isFinal) = (Opcode, IsControl, IsFinal);
        _payload.Clear();
        _header.Clear();
        _isInPayload = false;
        if (isControl) EndControlFrame(opcode, payload);
        else if (isFinal) EndMessage();
    }

    private void EndControlFrame(int opcode, byte[] payload)
    {
        if (opcode == 8 && payload.Length > 0)
        {
            int code = payload.Length > 1 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1000;
            // Section 7.4.1, the codes that IANA has registered since (1012 to 1014), and section 7.4.2.
            Require(code is 1000 or 1001 or 1002 or 1003 or (>= 1007 and <= 1014) or (>= 3000 and <= 4999), ProtocolError.InvalidCloseCode);
            Require(NaiveUtf8.IsValid([.. payload.Skip(2)]), ProtocolError.InvalidCloseReason);
        }

        if (Error == ProtocolError.None) Events.Add((opcode, payload));
    }

    private void EndMessage()
    {
        byte[] message = [.. _message];
        _message.Clear();
        _fragments = 0;
        if (_isCompressed)
        {
            (InflateVerdict verdict, message, bool isDefined) = inflater!.Inflate(message, maxMessageBytes);
            IsDefined &= isDefined;
            Require(verdict == InflateVerdict.Message, verdict.ToError());
            _text = default;
            if (_messageOpcode == 1) Require(message.All(value => _text.Add(value)), ProtocolError.InvalidUtf8);
        }

        if (_messageOpcode == 1) Require(_text.IsComplete, ProtocolError.InvalidUtf8);
        if (Error == ProtocolError.None) Events.Add((_messageOpcode, message));
    }
}
