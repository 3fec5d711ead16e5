using System.Buffers.Binary;
using System.Text;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Frames;
using WsAot.TestKit.Text;

namespace WsAot.Fuzz.Sessions;

/// <summary>
/// Reads what the server sends, strictly: a response, and after a 101, the frames that a server may send (RFC 6455 section 5).
/// </summary>
/// <param name="forgetsWindow">
/// Inflates each message by itself, although the server may refer to earlier ones. Only for tests of the fuzzer.
/// </param>
internal sealed class ServerBytes(bool forgetsWindow)
{
    private const int MostInflatedBytes = 1 << 20;

    private readonly List<byte> _bytes = [];
    private NaiveInflater? _inflater;

    /// <summary>The status of the response; 0 before it is there.</summary>
    public int Status { get; private set; }

    /// <summary>The negotiated parameters; null: no compression.</summary>
    public Agreement? Agreement { get; private set; }

    /// <summary>The code of the server's close frame: 1005 if it had none, 0 before the frame came.</summary>
    public int CloseCode { get; private set; }

    /// <summary>What is wrong with the bytes; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether bytes wait for the rest of their frame.</summary>
    public bool IsPartial => Status == 101 && _bytes.Count > 0;

    /// <summary>Adds bytes, and returns the frames that are complete.</summary>
    public List<(int Opcode, byte[] Payload)> Add(byte[] bytes)
    {
        var frames = new List<(int, byte[])>();
        _bytes.AddRange(bytes);
        if (Status == 0) ReadResponse();
        while (Status == 101 && Problem is null && TryReadFrame() is { } frame) frames.Add(frame);
        return frames;
    }

    private void ReadResponse()
    {
        string text = Encoding.Latin1.GetString([.. _bytes]);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return;
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || !int.TryParse(text.AsSpan(9, 3), out int status))
        {
            Problem = "The response is not HTTP.";
        }
        else
        {
            Status = status;
        }

        if (Status == 101) Agreement = Agreement.Parse(text[..(end + 2)]);
        if (Agreement is { } agreed) _inflater = new NaiveInflater(agreed.ServerWindowBits, agreed.ServerForgets || forgetsWindow);
        _bytes.RemoveRange(0, end + 4);
    }

    private (int Opcode, byte[] Payload)? TryReadFrame()
    {
        if (_bytes.Count < 2) return null;
        var frame = new ServerFrameHeader(_bytes[0], 0, null);
        int opcode = (int)frame.Opcode;
        bool isCompressed = (frame.Rsv & 4) != 0 && opcode is (1 or 2) && _inflater is not null;
        int start = ServerFrameHeader.LengthOf(_bytes[1]);
        if (CloseCode != 0) Problem = "Bytes came after the close frame.";
        if ((_bytes[0] & 0xF0) != (isCompressed ? 0xC0 : 0x80)) Problem = "A frame has RSV bits, or no FIN.";
        if (opcode is not (1 or 2 or 8 or 9 or 10)) Problem = $"A frame has opcode {opcode}.";
        if (opcode >= 8 && start > 2) Problem = "A control frame is too long.";
        if (_bytes.Count < start || Problem is not null) return null;
        frame = ServerFrameHeader.Read([.. _bytes.GetRange(0, start)]);
        Problem = frame.Fault;
        int length = checked((int)frame.PayloadLength);
        if (_bytes.Count < start + length) return null;

        byte[] payload = [.. _bytes.GetRange(start, length)];
        _bytes.RemoveRange(0, start + length);
        if (isCompressed) payload = Inflate(payload);
        if (opcode == 1 && !NaiveUtf8.IsValid(payload)) Problem = "A text is not UTF-8.";
        if (opcode == 8) ReadClose(payload);
        return (opcode, payload);
    }

    private byte[] Inflate(byte[] payload)
    {
        (InflateVerdict verdict, byte[] message, bool isDefined) = _inflater!.Inflate(payload, MostInflatedBytes);
        if (verdict != InflateVerdict.Message) Problem = $"A compressed message is {verdict}.";
        else if (!isDefined) Problem = "A compressed message refers to what lies beyond the window.";
        return message;
    }

    private void ReadClose(byte[] payload)
    {
        CloseCode = payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload);
        bool isLegal = payload.Length == 0 || CloseCode is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
        if (!isLegal || payload.Length == 1 || !NaiveUtf8.IsValid([.. payload.Skip(2)]))
        {
            Problem = $"A close frame has the code {CloseCode} or a wrong payload.";
        }
    }
}
