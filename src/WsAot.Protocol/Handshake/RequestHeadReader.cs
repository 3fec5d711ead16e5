namespace WsAot.Protocol.Handshake;

/// <summary>
/// Finds the end of a request head and validates it line by line (RFC 9112 sections 2.2, 3 and 5). It can resume at every byte: it
/// remembers where it stopped, so the work is linear however the input is cut. The default value is ready for use.
/// </summary>
public struct RequestHeadReader
{
    private enum Stage : byte
    {
        RequestLine,
        Headers,
        Done,
        Failed,
    }

    private int _scanned;           // there is no line feed before this
    private int _lineStart;         // every line before this has been checked
    private int _headerCount;
    private Stage _stage;
    private bool _isMethodDone;

    /// <summary>The length of the head in bytes with its empty line, after <see cref="HeadReadStatus.Done"/>.</summary>
    public int Length { readonly get; private set; }

    /// <summary>What is wrong, after <see cref="HeadReadStatus.Error"/>. An error is permanent.</summary>
    public HandshakeError Error { readonly get; private set; }

    /// <summary>Reads the bytes received since the last call.</summary>
    /// <param name="received">All bytes so far, from the first byte of the connection.</param>
    /// <param name="limits">How large the head may be: the same at every call.</param>
    public HeadReadStatus Read(ReadOnlySpan<byte> received, HandshakeLimits limits)
    {
        ReadOnlySpan<byte> window = received[..Math.Min(received.Length, limits.MaxHeadBytes)];
        if (_stage == Stage.RequestLine && _lineStart <= 2 && window.Length < limits.MaxHeadBytes)
        {
            HandshakeError foreign = FindForeignProtocol(window, out bool isUndecided);
            if (foreign != HandshakeError.None) return Fail(foreign, received);
            if (isUndecided) return HeadReadStatus.NeedMoreData;
        }

        while (_stage < Stage.Done)
        {
            int lineFeed = window[_scanned..].IndexOf((byte)'\n');
            if (lineFeed < 0) return AwaitLine(window, limits);

            int end = _scanned + lineFeed;
            ReadOnlySpan<byte> line = window[_lineStart..end];
            _scanned = end + 1;
            HandshakeError error = AcceptLine(line, limits);
            if (error != HandshakeError.None) return Fail(error, received);
            _lineStart = _scanned;
        }

        return _stage == Stage.Done ? HeadReadStatus.Done : HeadReadStatus.Error;
    }

    /// <summary>The line that is wrong, as far as it has come: after <see cref="HandshakeError.MalformedHeader"/>.</summary>
    /// <param name="received">The bytes of the last call of <see cref="Read"/>.</param>
    public readonly ReadOnlySpan<byte> GetFailedLine(ReadOnlySpan<byte> received)
    {
        ReadOnlySpan<byte> line = received[_lineStart..];
        int end = line.IndexOf((byte)'\n');
        return end < 0 ? line : line[..end].TrimEnd((byte)'\r');
    }

    private HeadReadStatus AwaitLine(ReadOnlySpan<byte> window, HandshakeLimits limits)
    {
        if (_stage == Stage.RequestLine && !MayBecomeRequestLine(window)) return Fail(HandshakeError.MalformedRequestLine, window);
        _scanned = window.Length;

        // The head is incomplete, and one more byte would exceed the limit.
        return window.Length >= limits.MaxHeadBytes ? Fail(HandshakeError.HeadTooLarge, window) : HeadReadStatus.NeedMoreData;
    }

    // Detects input that is not HTTP at once, such as a TLS ClientHello, instead of waiting for a line end that may never come.
    private bool MayBecomeRequestLine(ReadOnlySpan<byte> window)
    {
        if (_isMethodDone || window.Length == _lineStart) return true;
        if (window[_lineStart] == '\r') return _lineStart == 0 && window.Length == 1;

        ReadOnlySpan<byte> unseen = window[_scanned..];
        int tokenLength = HttpTokens.GetTokenLength(unseen);
        if (tokenLength == unseen.Length) return true;
        _isMethodDone = unseen[tokenLength] == ' ' && _scanned + tokenLength > _lineStart;
        return _isMethodDone;
    }

    private HandshakeError AcceptLine(ReadOnlySpan<byte> line, HandshakeLimits limits)
    {
        bool isRequestLine = _stage == Stage.RequestLine;

        // RFC 9112 section 2.2 lets a recipient accept a bare LF as a line end. We do not: requests are smuggled where two parties disagree
        // on where a line ends.
        if (line.IsEmpty || line[^1] != '\r') return isRequestLine ? HandshakeError.MalformedRequestLine : HandshakeError.MalformedHeader;
        line = line[..^1];

        if (isRequestLine)
        {
            // Section 2.2: a server should ignore at least one empty line before the request line. We ignore one.
            if (line.IsEmpty && _lineStart == 0) return HandshakeError.None;
            _stage = Stage.Headers;
            return RequestLine.Check(line);
        }

        if (line.IsEmpty)
        {
            _stage = Stage.Done;
            Length = _scanned;
            return HandshakeError.None;
        }

        if (++_headerCount > limits.MaxHeaderCount) return HandshakeError.TooManyHeaders;
        return HeaderLine.IsValid(line) ? HandshakeError.None : HandshakeError.MalformedHeader;
    }

    private HeadReadStatus Fail(HandshakeError error, ReadOnlySpan<byte> received)
    {
        _stage = Stage.Failed;
        // A PROXY protocol header of version 1 starts like a request line, so it is recognized only here.
        bool isProxy = error == HandshakeError.MalformedRequestLine && received.StartsWith("PROXY "u8);
        Error = isProxy ? HandshakeError.ProxyProtocol : error;
        return HeadReadStatus.Error;
    }

    /// <summary>Recognizes other protocols that a client or proxy with the wrong configuration sends instead of HTTP.</summary>
    /// <param name="received">All bytes so far.</param>
    /// <param name="isUndecided">Whether they may become such a protocol, but also HTTP.</param>
    private static HandshakeError FindForeignProtocol(ReadOnlySpan<byte> received, out bool isUndecided)
    {
        // RFC 8446 section 5.1: a handshake record, and the major version of all TLS versions. The other is the PROXY protocol, version 2.
        ReadOnlySpan<byte> tls = [0x16, 0x03];
        ReadOnlySpan<byte> proxy = "\r\n\r\n\0\r\nQUIT\n"u8;
        isUndecided = tls.StartsWith(received) || proxy.StartsWith(received);
        if (received.StartsWith(tls)) return HandshakeError.TlsClientHello;
        return received.StartsWith(proxy) ? HandshakeError.ProxyProtocol : HandshakeError.None;
    }
}
