using System.Text;

namespace WsAot.Protocol.Deflate;

/// <summary>The negotiated parameters of permessage-deflate (RFC 7692 section 7.1).</summary>
/// <param name="ServerNoContextTakeover">Each message from the server is compressed by itself (section 7.1.1.1).</param>
/// <param name="ClientNoContextTakeover">Each message from the client is compressed by itself (section 7.1.1.2).</param>
/// <param name="ServerMaxWindowBits">The base-2 logarithm of the server's window: 8 to 15 (section 7.1.2.1).</param>
/// <param name="ClientMaxWindowBits">
/// The base-2 logarithm of the client's window: 8 to 15 (section 7.1.2.2); 15 unless the client lets the server set it.
/// </param>
public readonly record struct DeflateParameters(
    bool ServerNoContextTakeover, bool ClientNoContextTakeover, int ServerMaxWindowBits, int ClientMaxWindowBits)
{
    /// <summary>The name of the extension.</summary>
    public const string ExtensionName = "permessage-deflate";

    /// <summary>The largest window: 32 KiB.</summary>
    public const int LargestWindowBits = 15;

    /// <summary>The smallest window: 256 bytes.</summary>
    public const int SmallestWindowBits = 8;

    /// <summary>
    /// The value of the Sec-WebSocket-Extensions header that accepts the offer. Parameters at their default are left out, except a server
    /// window that the client asked to limit: section 7.1.2.1 requires it in the answer, even if it is 15.
    /// </summary>
    /// <param name="isServerWindowAsked">Whether the offer contains <c>server_max_window_bits</c>.</param>
    public string ToHeaderValue(bool isServerWindowAsked)
    {
        var value = new StringBuilder(ExtensionName);
        if (ServerNoContextTakeover) value.Append("; server_no_context_takeover");
        if (ClientNoContextTakeover) value.Append("; client_no_context_takeover");
        if (isServerWindowAsked || ServerMaxWindowBits < LargestWindowBits)
        {
            value.Append("; server_max_window_bits=").Append(ServerMaxWindowBits);
        }

        if (ClientMaxWindowBits < LargestWindowBits) value.Append("; client_max_window_bits=").Append(ClientMaxWindowBits);
        return value.ToString();
    }

    internal static bool IsWindowBits(int bits) => bits is >= SmallestWindowBits and <= LargestWindowBits;
}
