namespace WsAot.TestKit.Deflate;

/// <summary>
/// Deflate (RFC 1951) and its use by RFC 7692 section 7.2.2, read bit by bit. It keeps all bytes of a stream and starts again with the
/// first one at every message, so that it has no state that could be wrong. Keep it naive: faster code is compared with it.
/// </summary>
/// <remarks>
/// Where the RFCs leave a choice, it does what the server does: a final block ends the stream, so that the next one begins with an empty
/// window, and a message has at most seventeen streams. A message whose last block ends only with the tail is detected at the next message.
/// </remarks>
/// <param name="windowBits">The negotiated window.</param>
/// <param name="noContextTakeover">Whether each message is compressed by itself.</param>
public class NaiveInflater(int windowBits = 15, bool noContextTakeover = false)
{
    private const int MaxFinalBlocks = 16;

    private readonly List<byte> _stream = [];
    private int _outputBefore;
    private bool _hasBegun;

    /// <summary>How far back any message so far has referred.</summary>
    public int LargestDistance { get; private set; }

    /// <summary>Inflates the next message.</summary>
    /// <returns>
    /// The verdict; the bytes, if it is a message; and whether the verdict is defined. It is undefined after a match that went farther back
    /// than the window: zlib detects that or not, depending on where its buffers end.
    /// </returns>
    public (InflateVerdict Verdict, byte[] Message, bool IsDefined) Inflate(byte[] compressed, int maxBytes = int.MaxValue)
    {
        if (noContextTakeover && !IsWindowKept) Reset();
        var message = new List<byte>();
        bool isDefined = true;
        // Section 7.2.3.6: an empty message is one byte.
        InflateVerdict verdict = compressed.Length == 0 ? InflateVerdict.Invalid : Feed(compressed, message, maxBytes, ref isDefined);
        if (verdict == InflateVerdict.Message && _hasBegun && !EndsInBlock(ref isDefined)) verdict = InflateVerdict.Invalid;
        return (verdict, verdict == InflateVerdict.Message ? [.. message] : [], isDefined);
    }

    /// <summary>Whether it keeps the last message by mistake: true only in tests of the fuzzer.</summary>
    protected virtual bool IsWindowKept => false;

    /// <summary>
    /// Section 7.2.2: with the four bytes that were left out, the message ends where a block does, and has no more content.
    /// </summary>
    private bool EndsInBlock(ref bool isDefined)
    {
        int bitsBefore = _stream.Count * 8;
        _stream.AddRange([0x00, 0x00, 0xFF, 0xFF]);
        var decoder = new NaiveDeflate(_stream, maxOutput: long.MaxValue);
        decoder.Run();
        isDefined &= IsWithinWindow(decoder);
        (int bit, int output) = decoder.BlockEnds.Find(end => end.Bit > bitsBefore);
        return bit > bitsBefore + 24 && output == _outputBefore;
    }

    private bool IsWithinWindow(NaiveDeflate decoder)
    {
        LargestDistance = Math.Max(LargestDistance, decoder.LargestDistance);
        return decoder.LargestDistance <= 1 << windowBits;
    }

    private void Reset()
    {
        _stream.Clear();
        (_outputBefore, _hasBegun) = (0, false);
    }

    private InflateVerdict Feed(byte[] bytes, List<byte> message, int maxBytes, ref bool isDefined)
    {
        for (int finalBlocks = 0; finalBlocks <= MaxFinalBlocks; finalBlocks++)
        {
            _hasBegun = true;
            _stream.AddRange(bytes);
            var decoder = new NaiveDeflate(_stream, maxOutput: (long)_outputBefore + maxBytes + 1 - message.Count);
            NaiveDeflate.Result result = decoder.Run();
            isDefined &= IsWithinWindow(decoder);
            message.AddRange(decoder.Output.Skip(_outputBefore));
            _outputBefore = decoder.Output.Count;
            if (message.Count > maxBytes) return InflateVerdict.TooLong;
            if (result == NaiveDeflate.Result.Wrong) return InflateVerdict.Invalid;
            if (result == NaiveDeflate.Result.NeedMore) return InflateVerdict.Message;

            bytes = [.. _stream.Skip(decoder.UsedBytes)];
            Reset();
            if (bytes.Length == 0) return InflateVerdict.Message;
        }

        return InflateVerdict.Invalid;
    }
}
