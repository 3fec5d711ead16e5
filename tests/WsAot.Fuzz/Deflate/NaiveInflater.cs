using WsAot.Protocol;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Deflate (RFC 1951) and its use by RFC 7692 section 7.2.2, read bit by bit. It keeps all bytes of a stream and begins anew with the
/// first at every message, so that there is no state that could be wrong.
/// </summary>
/// <remarks>
/// What the RFCs leave open is decided as the server has it: a final block ends the stream, so that what follows begins with an empty
/// window, and a message has no more than seventeen of them. One whose last block ends only with the tail is noticed by the next message.
/// </remarks>
internal class NaiveInflater(int windowBits, bool noContextTakeover)
{
    private const int MaxFinalBlocks = 16;

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
        // Section 7.2.3.6: an empty message is one byte.
        ProtocolError error = compressed.Length == 0 ? ProtocolError.InvalidDeflateData : Feed(compressed, message, maxBytes, ref isDefined);
        if (error == ProtocolError.None && _hasBegun && !EndsInBlock(ref isDefined)) error = ProtocolError.InvalidDeflateData;
        return (error, error == ProtocolError.None ? [.. message] : [], isDefined);
    }

    /// <summary>Forgets to forget the last message: true only in tests of the fuzzer.</summary>
    protected virtual bool IsWindowKept => false;

    /// <summary>Section 7.2.2: with the four bytes that were left out, the message ends where a block does, and has no more content.</summary>
    private bool EndsInBlock(ref bool isDefined)
    {
        int bitsBefore = _stream.Count * 8;
        _stream.AddRange([0x00, 0x00, 0xFF, 0xFF]);
        var decoder = new NaiveDeflate(_stream, windowBits, maxOutput: int.MaxValue);
        decoder.Run();
        isDefined &= decoder.IsWithinWindow;
        (int bit, int output) = decoder.BlockEnds.Find(end => end.Bit > bitsBefore);
        return bit > bitsBefore + 24 && output == _outputBefore;
    }

    private void Reset()
    {
        _stream.Clear();
        (_outputBefore, _hasBegun) = (0, false);
    }

    private ProtocolError Feed(byte[] bytes, List<byte> message, int maxBytes, ref bool isDefined)
    {
        for (int finalBlocks = 0; finalBlocks <= MaxFinalBlocks; finalBlocks++)
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

        return ProtocolError.InvalidDeflateData;
    }
}
