namespace WsAot.Protocol.Closing;

/// <summary>The close codes (RFC 6455 section 7.4.1 and the IANA registry that section 11.7 opens).</summary>
public static class CloseCode
{
    /// <summary>1000: the connection has served its purpose.</summary>
    public const ushort NormalClosure = 1000;

    /// <summary>1001: the endpoint is going away, such as a server that stops or a web page that is left.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>1002: the peer broke the protocol.</summary>
    public const ushort ProtocolError = 1002;

    /// <summary>1003: the endpoint does not accept this type of message.</summary>
    public const ushort UnsupportedData = 1003;

    /// <summary>1005: the close frame had no code. Never on the wire.</summary>
    public const ushort NoStatusReceived = 1005;

    /// <summary>1006: the connection ended without a close frame. Never on the wire.</summary>
    public const ushort AbnormalClosure = 1006;

    /// <summary>1007: a message's content does not match its type, such as text that is not UTF-8.</summary>
    public const ushort InvalidPayloadData = 1007;

    /// <summary>1008: a message breaks the endpoint's policy.</summary>
    public const ushort PolicyViolation = 1008;

    /// <summary>1009: a message is too big.</summary>
    public const ushort MessageTooBig = 1009;

    /// <summary>1010: the client expected an extension that the server did not negotiate.</summary>
    public const ushort MandatoryExtension = 1010;

    /// <summary>1011: the server hit an unexpected condition.</summary>
    public const ushort InternalError = 1011;

    /// <summary>1012: the service restarts.</summary>
    public const ushort ServiceRestart = 1012;

    /// <summary>1013: the service is overloaded; try again later.</summary>
    public const ushort TryAgainLater = 1013;

    /// <summary>1014: a gateway got an invalid response from its upstream server.</summary>
    public const ushort BadGateway = 1014;

    /// <summary>Whether an endpoint may send the code in a close frame.</summary>
    public static bool MayBeSent(int code) => code switch
    {
        // Section 7.4.1. 1004 has no meaning yet; 1005, 1006 and 1015 are only reported inside an endpoint.
        >= NormalClosure and <= UnsupportedData => true,
        >= InvalidPayloadData and <= InternalError => true,

        // Section 7.4.2 reserves 1000-2999 for the protocol and its registered extensions; IANA has registered these three.
        >= ServiceRestart and <= BadGateway => true,

        // Section 7.4.2: 3000-3999 are registered by libraries and applications, 4000-4999 are private.
        >= 3000 and <= 4999 => true,
        _ => false,
    };
}
