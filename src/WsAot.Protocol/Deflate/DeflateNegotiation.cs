using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Deflate;

/// <summary>Selects one of a client's permessage-deflate offers (RFC 7692 section 5.1).</summary>
public static class DeflateNegotiation
{
    /// <summary>
    /// Accepts the first offer that the server can grant; offers are in the client's order of preference. Offers of other extensions and
    /// invalid offers are skipped.
    /// </summary>
    /// <param name="head">A request that <see cref="OpeningHandshake.Validate"/> has accepted.</param>
    /// <param name="policy">How the server wants to compress.</param>
    /// <param name="parameters">The negotiated parameters.</param>
    /// <param name="headerValue">The value of the response's Sec-WebSocket-Extensions header.</param>
    public static bool TryAccept(RequestHead head, DeflatePolicy policy, out DeflateParameters parameters, out string headerValue)
    {
        foreach (HeaderField field in head)
        {
            if (!field.Is("sec-websocket-extensions"u8)) continue;
            var offers = new ExtensionOfferReader(field.Value);
            while (offers.ReadOffer())
            {
                if (!offers.Name.SequenceEqual("permessage-deflate"u8) || !DeflateOffer.TryRead(ref offers, out DeflateOffer offer))
                {
                    continue;
                }

                parameters = offer.Answer(policy);
                headerValue = parameters.ToHeaderValue(offer.IsServerWindowAsked);
                return true;
            }
        }

        parameters = default;
        headerValue = "";
        return false;
    }
}
