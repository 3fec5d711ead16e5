namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads the offers in one Sec-WebSocket-Extensions header (RFC 6455 section 9.1), looking at each byte once. Several such headers form one
/// list (section 9.1), so read them one after the other.
/// </summary>
/// <example>
/// <code>
/// var offers = new ExtensionOfferReader(value);
/// while (offers.ReadOffer())
///     while (offers.ReadParameter())
///         Consider(offers.Name, offers.ParameterName, offers.ParameterValue);
/// if (offers.IsMalformed) ...
/// </code>
/// </example>
public ref struct ExtensionOfferReader
{
    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private bool _isInOffer;

    /// <summary>Starts at the beginning of a header's value.</summary>
    public ExtensionOfferReader(ReadOnlySpan<byte> value)
    {
        _text = value;
        Name = default;
        ParameterName = default;
        ParameterValue = default;
    }

    /// <summary>The name of the extension offered, after <see cref="ReadOffer"/>.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The name of the parameter, after <see cref="ReadParameter"/>.</summary>
    public ReadOnlySpan<byte> ParameterName { get; private set; }

    /// <summary>The value of the parameter without quotation marks. Empty means no value, since a value is never empty.</summary>
    public ReadOnlySpan<byte> ParameterValue { get; private set; }

    /// <summary>Whether the parameter has a value.</summary>
    public readonly bool HasParameterValue => !ParameterValue.IsEmpty;

    /// <summary>Whether reading ended because the text does not follow the grammar.</summary>
    public bool IsMalformed { readonly get; private set; }

    /// <summary>Moves to the next offer, skipping any unread parameters of the last one.</summary>
    public bool ReadOffer()
    {
        while (ReadParameter())
        {
        }

        if (IsMalformed) return false;

        // RFC 9110 section 5.6.1.2: empty elements of a list are ignored.
        SkipWhiteSpace();
        while (Take((byte)',')) SkipWhiteSpace();
        if (_position == _text.Length) return false;

        Name = TakeToken();
        _isInOffer = !IsMalformed;
        return _isInOffer;
    }

    /// <summary>Moves to the next parameter of the offer.</summary>
    public bool ReadParameter()
    {
        if (!_isInOffer) return false;
        SkipWhiteSpace();
        bool hasParameter = false;
        // Ignore empty parameters (";;" or a semicolon at the end): RFC 9110 section 5.6.6 allows them in other headers.
        while (Take((byte)';'))
        {
            hasParameter = true;
            SkipWhiteSpace();
        }

        if (!hasParameter || _position == _text.Length || _text[_position] == ',')
        {
            _isInOffer = false;
            IsMalformed = _position < _text.Length && _text[_position] != ',';
            return false;
        }

        ParameterName = TakeToken();
        ParameterValue = default;
        SkipWhiteSpace();
        if (Take((byte)'='))
        {
            SkipWhiteSpace();
            ParameterValue = Take((byte)'"') ? TakeQuoted() : TakeToken();
        }

        _isInOffer = !IsMalformed;
        return _isInOffer;
    }

    private void SkipWhiteSpace()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t') _position++;
    }

    private bool Take(byte expected)
    {
        if (_position == _text.Length || _text[_position] != expected) return false;
        _position++;
        return true;
    }

    private ReadOnlySpan<byte> TakeToken()
    {
        int length = HttpTokens.GetTokenLength(_text[_position..]);
        ReadOnlySpan<byte> token = _text.Slice(_position, length);
        _position += length;
        IsMalformed |= length == 0;
        return token;
    }

    // Section 9.1: an unescaped quoted value must be a token, so it needs no escapes at all ("\1" for "1"). An array is allocated only for
    // a value with escapes, which no client sends on purpose.
    private ReadOnlySpan<byte> TakeQuoted()
    {
        ReadOnlySpan<byte> rest = _text[_position..];
        int length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length >= 0 && rest[length] == '\\') return TakeEscaped(rest);
        if (length < 0 || !HttpTokens.IsToken(rest[..length]))
        {
            IsMalformed = true;
            return default;
        }

        _position += length + 1;
        return rest[..length];
    }

    private ReadOnlySpan<byte> TakeEscaped(ReadOnlySpan<byte> rest)
    {
        byte[] value = new byte[GetQuotedLength(rest)];
        int count = 0;
        int i = 0;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            if (rest[i] == '\\' && ++i == rest.Length) break;
            value[count++] = rest[i];
        }

        // An earlier error stays an error.
        IsMalformed |= i == rest.Length || !HttpTokens.IsToken(value.AsSpan(0, count));
        _position += IsMalformed ? 0 : i + 1;
        return IsMalformed ? default : value.AsSpan(0, count);
    }

    private static int GetQuotedLength(ReadOnlySpan<byte> rest)
    {
        int i = 0;
        while (i < rest.Length && rest[i] != '"') i += rest[i] == '\\' ? 2 : 1;
        return Math.Min(i, rest.Length);
    }

    /// <summary>Whether all offers of a header's value are well-formed. It need not have any.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<byte> value)
    {
        var offers = new ExtensionOfferReader(value);
        while (offers.ReadOffer())
        {
        }

        return !offers.IsMalformed;
    }
}
