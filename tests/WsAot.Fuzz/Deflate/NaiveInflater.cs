using WsAot.Protocol;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Deflate (RFC 1951) and its use by RFC 7692 section 7.2.2, read bit by bit. It keeps all bytes of a stream and begins anew with the
/// first at every message, so that there is no state that could be wrong.
/// </summary>
/// <remarks>
/// What the RFCs leave open is decided as the server has it: a message that stops in the middle of a block is as long as it got, and
/// a final block ends the stream, so that what follows begins with an empty window.
/// </remarks>
internal class NaiveInflater(int windowBits, bool noContextTakeover)
{
    private readonly List<byte> _stream = [];
    private int _outputBefore;
    private bool _hasBegun;

    /// <summary>Inflates a message.</summary>
    /// <returns>
    /// Whether it is defined: not once a match went farther back than the window, which zlib notices or not, depending on where its
    /// buffers end.
    /// </returns>
    public (ProtocolError Error, byte[] Message, bool IsDefined) Inflate(byte[] compressed, int maxBytes)
    {
        if (noContextTakeover && !IsWindowKept) Reset();
        var message = new List<byte>();
        bool isDefined = true;
        ProtocolError error = Feed(compressed, message, maxBytes, ref isDefined);
        if (error == ProtocolError.None && _hasBegun) error = Feed([0x00, 0x00, 0xFF, 0xFF], message, maxBytes, ref isDefined);
        return (error, error == ProtocolError.None ? [.. message] : [], isDefined);
    }

    /// <summary>Forgets to forget the last message: true only in tests of the fuzzer.</summary>
    protected virtual bool IsWindowKept => false;

    private void Reset()
    {
        _stream.Clear();
        (_outputBefore, _hasBegun) = (0, false);
    }

    private ProtocolError Feed(byte[] bytes, List<byte> message, int maxBytes, ref bool isDefined)
    {
        while (true)
        {
            _hasBegun = true;
            _stream.AddRange(bytes);
            var decoder = new NaiveDeflate(_stream, windowBits, maxOutput: _outputBefore + maxBytes + 1 - message.Count);
            NaiveDeflate.Result result = decoder.Run();
            isDefined &= decoder.IsWithinWindow;
            message.AddRange(decoder.Output.Skip(_outputBefore));
            _outputBefore = decoder.Output.Count;
            if (message.Count > maxBytes) return ProtocolError.MessageTooBig;
            if (result == NaiveDeflate.Result.Wrong) return ProtocolError.InvalidDeflateData;
            if (result == NaiveDeflate.Result.NeedMore) return ProtocolError.None;

            bytes = [.. _stream.Skip(decoder.UsedBytes)];
            Reset();
            if (bytes.Length == 0) return ProtocolError.None;
        }
    }
}
