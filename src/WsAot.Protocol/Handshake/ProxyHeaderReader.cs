using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads the header of the PROXY protocol, with which a proxy names its client on a new connection: version 1, a line of text, or version
/// 2, which is binary. The sections are those of HAProxy's <c>proxy-protocol.txt</c>. It can resume at every byte. The default value is
/// ready for use.
/// </summary>
public struct ProxyHeaderReader
{
    /// <summary>The longest line of version 1 with its CRLF (section 2.1).</summary>
    private const int MaxLineLength = 107;

    private const int SignatureLength = 12;

    /// <summary>Signature, version and command, family, and the length of what follows (section 2.2).</summary>
    private const int FixedLength = 16;

    private const int V4Block = 12;
    private const int V6Block = 36;
    private const int UnixBlock = 216;

    private Kept _kept;
    private int _length;        // of the kept bytes
    private int _toSkip;        // bytes of version 2 after the kept ones
    private ProxyHeaderStatus _status;
    private ProxySource _source;
    private byte _addressLength;

    /// <summary>Whose connection the header describes, after <see cref="ProxyHeaderStatus.Done"/>.</summary>
    public readonly ProxySource Source => _source;

    /// <summary>The port of the client, after <see cref="ProxySource.Address"/>.</summary>
    public ushort SourcePort { readonly get; private set; }

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    private static ReadOnlySpan<byte> LineStart => "PROXY "u8;

    /// <summary>Reads what has come since the last call.</summary>
    /// <param name="bytes">The new bytes.</param>
    /// <param name="taken">How many of them belong to the header: all, unless the header ends or is invalid.</param>
    public ProxyHeaderStatus Read(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        while (_status == ProxyHeaderStatus.NeedMoreData && taken < bytes.Length)
        {
            if (_toSkip > 0)
            {
                int skipped = Math.Min(_toSkip, bytes.Length - taken);
                taken += skipped;
                _toSkip -= skipped;
                if (_toSkip == 0) _status = ProxyHeaderStatus.Done;
            }
            else
            {
                _kept[_length++] = bytes[taken++];
                _status = Judge();
            }
        }

        return _status;
    }

    /// <summary>Copies the IP address of the client in network order, after <see cref="ProxySource.Address"/>.</summary>
    /// <param name="destination">16 bytes or more.</param>
    /// <returns>Its length: 4 or 16.</returns>
    public readonly int CopySource(Span<byte> destination)
    {
        ReadOnlySpan<byte> address = ((ReadOnlySpan<byte>)_kept)[.._addressLength];
        if (_addressLength == IPText.MaxLength && IPText.IsMapped(address)) address = address[12..];
        address.CopyTo(destination);
        return address.Length;
    }

    /// <summary>Checks all bytes so far; only the last one is new.</summary>
    private ProxyHeaderStatus Judge()
    {
        ReadOnlySpan<byte> kept = ((ReadOnlySpan<byte>)_kept)[.._length];
        if (kept[0] == Signature[0])
        {
            if (_length <= SignatureLength) return ContinueIf(Signature.StartsWith(kept), ProxyHeaderStatus.NotAProxyHeader);
            return JudgeBinary(kept);
        }

        if (_length <= LineStart.Length) return ContinueIf(LineStart.StartsWith(kept), ProxyHeaderStatus.NotAProxyHeader);
        if (kept[^1] != '\n') return ContinueIf(_length < MaxLineLength, ProxyHeaderStatus.Malformed);
        bool isGood = kept[^2] == '\r' && ReadLine(kept[LineStart.Length..^2]);
        return isGood ? ProxyHeaderStatus.Done : ProxyHeaderStatus.Malformed;
    }

    private static ProxyHeaderStatus ContinueIf(bool isGood, ProxyHeaderStatus otherwise) =>
        isGood ? ProxyHeaderStatus.NeedMoreData : otherwise;

    /// <summary>Reads the rest of the line after <c>PROXY</c> (section 2.1): the protocol, two addresses and two ports.</summary>
    private bool ReadLine(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> protocol = TakeWord(ref line, out bool hasMore);
        if (protocol.SequenceEqual("UNKNOWN"u8))
        {
            // "The receiver must ignore anything presented before the CRLF". HAProxy sends this as a health check.
            _source = ProxySource.Unknown;
            return true;
        }

        bool isV4 = protocol.SequenceEqual("TCP4"u8);
        if ((!isV4 && !protocol.SequenceEqual("TCP6"u8)) || !hasMore) return false;
        Span<byte> source = stackalloc byte[IPText.MaxLength];
        Span<byte> target = stackalloc byte[IPText.MaxLength];
        bool isGood = TryParseAddress(TakeWord(ref line, out _), isV4, source, out int length)
            & TryParseAddress(TakeWord(ref line, out hasMore), isV4, target, out _)
            & IPText.TryParseDecimal(TakeWord(ref line, out bool hasTargetPort), ushort.MaxValue, out int port)
            & IPText.TryParseDecimal(line, ushort.MaxValue, out _);
        if (!isGood || !hasMore || !hasTargetPort) return false;
        SetSource(source[..length], (ushort)port);
        return true;
    }

    private static ReadOnlySpan<byte> TakeWord(scoped ref ReadOnlySpan<byte> line, out bool hasMore)
    {
        int space = line.IndexOf((byte)' ');
        hasMore = space >= 0;
        ReadOnlySpan<byte> word = hasMore ? line[..space] : line;
        line = hasMore ? line[(space + 1)..] : default;
        return word;
    }

    private static bool TryParseAddress(ReadOnlySpan<byte> word, bool isV4, Span<byte> address, out int length)
    {
        bool isAddress = IPText.TryParse(word, address, out length);
        return isAddress && isV4 != word.Contains((byte)':');
    }

    /// <summary>Checks version 2 (section 2.2) from its thirteenth byte on.</summary>
    private ProxyHeaderStatus JudgeBinary(ReadOnlySpan<byte> kept)
    {
        const int Local = 0x20;
        const int Proxied = 0x21;
        if (_length == SignatureLength + 1) return ContinueIf(kept[^1] is Local or Proxied, ProxyHeaderStatus.Malformed);
        if (_length < FixedLength) return ProxyHeaderStatus.NeedMoreData;
        bool isLocal = kept[SignatureLength] == Local;
        int block = BinaryPrimitives.ReadUInt16BigEndian(kept[(FixedLength - 2)..]);
        // A LOCAL header may name any family, which is ignored.
        int needed = isLocal ? 0 : BlockLength(kept[FixedLength - 3]);
        if (_length == FixedLength)
        {
            if (needed < 0 || block < needed) return ProxyHeaderStatus.Malformed;
            _source = isLocal ? ProxySource.Proxy : ProxySource.Unknown;
        }

        bool hasAddress = !isLocal && kept[FixedLength - 3] is 0x11 or 0x21;
        int wanted = hasAddress ? FixedLength + needed : FixedLength;
        if (_length < wanted) return ProxyHeaderStatus.NeedMoreData;
        if (hasAddress) ReadBlock(kept[FixedLength..]);
        // Addresses that we do not use, and extensions (TLV).
        _toSkip = block - (wanted - FixedLength);
        return ContinueIf(_toSkip > 0, ProxyHeaderStatus.Done);
    }

    /// <summary>The length of the addresses of a family and protocol; -1 for a value that "must be rejected".</summary>
    private static int BlockLength(byte family) => family switch
    {
        0x00 => 0,
        0x11 or 0x12 => V4Block,
        0x21 or 0x22 => V6Block,
        0x31 or 0x32 => UnixBlock,
        _ => -1,
    };

    private void ReadBlock(ReadOnlySpan<byte> block)
    {
        bool isV4 = block.Length == V4Block;
        Span<byte> source = stackalloc byte[IPText.MaxLength];
        int length = isV4 ? 4 : IPText.MaxLength;
        block[..length].CopyTo(source);
        SetSource(source[..length], BinaryPrimitives.ReadUInt16BigEndian(block[(2 * length)..]));
    }

    private void SetSource(ReadOnlySpan<byte> address, ushort port)
    {
        _source = ProxySource.Address;
        SourcePort = port;
        // Overwrite the header, which is no longer needed.
        address.CopyTo(_kept);
        _addressLength = (byte)address.Length;
    }

    [InlineArray(MaxLineLength)]
    private struct Kept
    {
        private byte _first;
    }
}
