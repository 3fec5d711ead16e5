using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Deflate;

/// <summary>One permessage-deflate offer of a client (RFC 7692 section 7.1).</summary>
internal struct DeflateOffer
{
    private Seen _seen;
    private int _serverMaxWindowBits;
    private int _clientMaxWindowBits;

    [Flags]
    private enum Seen : byte
    {
        ServerNoContextTakeover = 1,
        ClientNoContextTakeover = 2,
        ServerMaxWindowBits = 4,
        ClientMaxWindowBits = 8,
    }

    public readonly bool IsServerWindowAsked => Has(Seen.ServerMaxWindowBits);

    /// <summary>
    /// Reads the parameters of the reader's current offer. Section 7.1: an unknown or repeated parameter, or an invalid value, makes the
    /// server decline this offer, and only this one.
    /// </summary>
    public static bool TryRead(ref ExtensionOfferReader offers, out DeflateOffer offer)
    {
        offer = new DeflateOffer
        {
            _serverMaxWindowBits = DeflateParameters.LargestWindowBits,
            _clientMaxWindowBits = DeflateParameters.LargestWindowBits,
        };
        bool isValid = true;
        while (offers.ReadParameter()) isValid = isValid && offer.TryAdd(offers.ParameterName, offers.ParameterValue);
        return isValid && !offers.IsMalformed;
    }

    /// <summary>The parameters that result from the offer under a policy.</summary>
    public readonly DeflateParameters Answer(DeflatePolicy policy) => new(
        // Section 7.1.1.1: the server must grant what the client asks for. Section 7.1.1.2: it may also demand the other without an offer.
        policy.NoContextTakeover || Has(Seen.ServerNoContextTakeover),
        policy.NoContextTakeover || Has(Seen.ClientNoContextTakeover),
        Math.Min(_serverMaxWindowBits, policy.MaxWindowBits),
        // Section 7.1.2.2: the server can set this only if the client offers the parameter.
        Has(Seen.ClientMaxWindowBits) ? Math.Min(_clientMaxWindowBits, policy.MaxWindowBits) : DeflateParameters.LargestWindowBits);

    private readonly bool Has(Seen seen) => (_seen & seen) != 0;

    private bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("server_no_context_takeover"u8)) return value.IsEmpty && TrySee(Seen.ServerNoContextTakeover);
        if (name.SequenceEqual("client_no_context_takeover"u8)) return value.IsEmpty && TrySee(Seen.ClientNoContextTakeover);
        if (name.SequenceEqual("server_max_window_bits"u8))
        {
            return TrySee(Seen.ServerMaxWindowBits) && TryReadWindowBits(value, out _serverMaxWindowBits);
        }

        if (!name.SequenceEqual("client_max_window_bits"u8) || !TrySee(Seen.ClientMaxWindowBits)) return false;
        // Section 7.1.2.2: without a value, the client only says that the server may set it.
        return value.IsEmpty || TryReadWindowBits(value, out _clientMaxWindowBits);
    }

    private bool TrySee(Seen seen)
    {
        if (Has(seen)) return false;
        _seen |= seen;
        return true;
    }

    // Section 7.1.2: 8 to 15, in decimal, without leading zeros.
    private static bool TryReadWindowBits(ReadOnlySpan<byte> value, out int bits)
    {
        bits = value.Length switch
        {
            1 => value[0] - '0',
            2 when value[0] == '1' => 10 + value[1] - '0',
            _ => 0,
        };
        return value.Length switch
        {
            1 => value[0] is (byte)'8' or (byte)'9',
            2 => value[0] == '1' && value[1] is >= (byte)'0' and <= (byte)'5',
            _ => false,
        };
    }
}
