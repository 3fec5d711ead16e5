using System.Globalization;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Deflate;

/// <summary>What the server's response says about permessage-deflate, checked against what was offered (RFC 7692 section 7.1).</summary>
internal sealed record DeflateAgreement(
    bool ServerNoContextTakeover, bool ClientNoContextTakeover, int ServerWindowBits, int ClientWindowBits)
{
    private const int LargestWindowBits = 15;

    /// <exception cref="CaseFailedException">The response does not answer the offer.</exception>
    public static DeflateAgreement Parse(string offers, string response)
    {
        string[] parts = [.. response.Split(';').Select(part => part.Trim(' ', '\t'))];
        if (response.Contains(',', StringComparison.Ordinal))
        {
            throw new CaseFailedException($"The server accepted more than one offer: \"{response}\" (RFC 7692 section 5).");
        }

        if (parts[0] != "permessage-deflate")
        {
            throw new CaseFailedException($"The server accepted \"{parts[0]}\", which was not offered (RFC 6455 section 9.1).");
        }

        DeflateAgreement agreement = new(false, false, LargestWindowBits, LargestWindowBits);
        HashSet<string> seen = [];
        bool namesClientBits = false;
        foreach (string part in parts.Skip(1))
        {
            string[] pair = part.Split('=', 2);
            string name = pair[0].Trim(' ', '\t');
            string? value = pair.Length == 1 ? null : pair[1].Trim(' ', '\t').Trim('"');
            if (!seen.Add(name)) throw new CaseFailedException($"The response has {name} twice (RFC 7692 section 7.1).");
            namesClientBits |= name == "client_max_window_bits";
            agreement = (name, value) switch
            {
                ("server_no_context_takeover", null) => agreement with { ServerNoContextTakeover = true },
                ("client_no_context_takeover", null) => agreement with { ClientNoContextTakeover = true },
                ("server_max_window_bits", not null) => agreement with { ServerWindowBits = ParseBits(name, value) },
                ("client_max_window_bits", not null) => agreement with { ClientWindowBits = ParseBits(name, value) },
                _ => throw new CaseFailedException($"\"{part}\" is not a parameter that a response may have (RFC 7692 section 7.1)."),
            };
        }

        foreach (string offer in offers.Split(','))
        {
            // Section 7.1.2.2: a client keeps to the value that it offered, even if the response does not repeat it.
            if (agreement.Answers(offer, namesClientBits, out int clientBits))
            {
                return namesClientBits ? agreement : agreement with { ClientWindowBits = clientBits };
            }
        }

        throw new CaseFailedException($"\"{response}\" answers none of the offers \"{offers}\" (RFC 7692 section 7.1).");
    }

    // Whether the response may be the answer to this offer. Offers come from the cases, and are valid if the server accepts them.
    private bool Answers(string offer, bool namesClientBits, out int clientBits)
    {
        clientBits = LargestWindowBits;
        string[] parts =
        [
            .. offer.Split(';').Select(part => part.Replace("\"", "", StringComparison.Ordinal)
                .Replace("\\", "", StringComparison.Ordinal)
                .Trim(' ', '\t')),
        ];
        if (parts[0] != "permessage-deflate") return false;
        bool offersClientBits = false;
        foreach (string[] pair in parts.Skip(1).Select(part => part.Split('=', 2)))
        {
            int bits = pair.Length == 2 && int.TryParse(pair[1], CultureInfo.InvariantCulture, out int number) ? number : LargestWindowBits;
            switch (pair[0].Trim(' ', '\t'))
            {
                // Section 7.1.1.1: accepted by repeating it.
                case "server_no_context_takeover" when !ServerNoContextTakeover:
                // Section 7.1.2.1: accepted with the same or a smaller value.
                case "server_max_window_bits" when ServerWindowBits > bits:
                    return false;
                case "client_max_window_bits":
                    offersClientBits = true;
                    clientBits = bits;
                    // Section 7.1.2.2: in the response only with the same or a smaller value; left out, the client keeps to its own.
                    if (namesClientBits && ClientWindowBits > bits) return false;
                    break;
            }
        }

        return offersClientBits || !namesClientBits;
    }

    private static int ParseBits(string name, string value) => value switch
    {
        "8" or "9" => value[0] - '0',
        ['1', >= '0' and <= '5'] => 10 + value[1] - '0',
        _ => throw new CaseFailedException($"{name} is \"{value}\", not 8 to 15 without leading zeros (RFC 7692 section 7.1.2)."),
    };
}
