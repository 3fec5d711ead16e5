namespace WsAot.Protocol.Handshake;

/// <summary>The header fields of an opening handshake (RFC 6455 section 4.2.1), collected in one pass.</summary>
internal ref struct HandshakeHeaders
{
    private ReadOnlySpan<byte> _host;
    private ReadOnlySpan<byte> _key;
    private ReadOnlySpan<byte> _version;
    private int _hostCount;
    private int _keyCount;
    private int _versionCount;
    private int _originCount;
    private int _contentLengthCount;
    private bool _hasUpgrade;
    private bool _hasConnection;
    private bool _hasBody;
    private bool _hasSubprotocols;
    private bool _hasInvalidExtensions;

    public void Add(HeaderField field)
    {
        // Most names differ in length, so a line costs one comparison or none.
        switch (field.Name.Length)
        {
            case 4 when field.Is("host"u8):
                _host = field.Value;
                _hostCount++;
                break;
            case 6 when field.Is("origin"u8):
                _originCount++;
                break;
            case 7 when field.Is("upgrade"u8):
                _hasUpgrade |= HttpTokens.ListContains(field.Value, "websocket"u8);
                break;
            case 10 when field.Is("connection"u8):
                _hasConnection |= HttpTokens.ListContains(field.Value, "upgrade"u8);
                break;
            case 14 when field.Is("content-length"u8):
                _contentLengthCount++;
                _hasBody |= !field.Value.SequenceEqual("0"u8);
                break;
            case 17 when field.Is("transfer-encoding"u8):
                _hasBody = true;
                break;
            case 17 when field.Is("sec-websocket-key"u8):
                _key = field.Value;
                _keyCount++;
                break;
            case 21 when field.Is("sec-websocket-version"u8):
                _version = field.Value;
                _versionCount++;
                break;
            case 22 when field.Is("sec-websocket-protocol"u8):
                _hasSubprotocols = true;
                break;
            case 24 when field.Is("sec-websocket-extensions"u8):
                _hasInvalidExtensions |= !ExtensionOfferReader.IsWellFormed(field.Value);
                break;
        }
    }

    // Checks in the order of section 4.2.1, except that the version comes before the key, since another version may have another key.
    public readonly HandshakeError Check(RequestHead head)
    {
        HandshakeError error = CheckHttp();
        if (error != HandshakeError.None) return error;
        if (!_hasUpgrade) return HandshakeError.NotAnUpgrade;
        if (!_hasConnection) return HandshakeError.MissingConnectionUpgrade;
        error = CheckVersionAndKey();
        if (error != HandshakeError.None) return error;
        error = _hasSubprotocols ? Subprotocols.Check(head, out _) : HandshakeError.None;
        if (error != HandshakeError.None) return error;
        return _hasInvalidExtensions ? HandshakeError.InvalidExtensions : HandshakeError.None;
    }

    private readonly HandshakeError CheckHttp()
    {
        // RFC 9112 section 3.2: 400 for a request without a Host, with several, or with an invalid one.
        if (_hostCount > 1) return HandshakeError.DuplicateHost;
        if (_originCount > 1) return HandshakeError.DuplicateOrigin;
        if (_contentLengthCount > 1) return HandshakeError.DuplicateContentLength;
        if (_host.IsEmpty) return HandshakeError.MissingHost;
        if (!HostAndPort.TryParse(_host, out _)) return HandshakeError.InvalidHost;

        // We would read an HTTP body as frames.
        return _hasBody ? HandshakeError.BodyNotAllowed : HandshakeError.None;
    }

    private readonly HandshakeError CheckVersionAndKey()
    {
        // Sections 11.3.1 and 11.3.5: each of the two may appear only once in a request.
        if (_versionCount > 1) return HandshakeError.DuplicateVersion;
        if (_keyCount > 1) return HandshakeError.DuplicateKey;
        if (_versionCount == 0) return HandshakeError.MissingVersion;

        // Section 4.4: the answer to any other version names the one that the server supports.
        if (!_version.SequenceEqual("13"u8)) return HandshakeError.UnsupportedVersion;
        if (_keyCount == 0) return HandshakeError.MissingKey;
        return AcceptKey.IsValidKey(_key) ? HandshakeError.None : HandshakeError.InvalidKey;
    }
}
