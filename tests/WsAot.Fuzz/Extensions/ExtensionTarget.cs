using System.Text;
using WsAot.Fuzz.Support;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Handshake;

namespace WsAot.Fuzz.Extensions;

/// <summary>
/// Compares the parser of Sec-WebSocket-Extensions and the negotiation of permessage-deflate with naive ones. An input is a byte for the
/// policy, and the values of such headers, separated by line feeds.
/// </summary>
internal class ExtensionTarget : FuzzTarget
{
    private const int MaxHeaders = 4;

    public override string Name => "extensions";

    public override int SliceInputs => 60_000;

    public override byte[] Generate(FuzzRandom random) => ExtensionGenerator.Generate(random);

    public override string? Check(byte[] input)
    {
        if (input.Length == 0) return null;
        var policy = new DeflatePolicy((input[0] & 1) != 0, 8 + ((input[0] >> 1) & 7));
        var values = new List<byte[]>();
        foreach (Range range in input.AsSpan(1).Split((byte)'\n'))
        {
            if (values.Count < MaxHeaders) values.Add(input.AsSpan(1)[range].ToArray());
        }

        foreach (byte[] value in values)
        {
            if (CheckReader(value) is { } problem) return problem;
        }

        return CheckNegotiation(values, policy);
    }

    protected virtual NaiveNegotiation Negotiation { get; } = new();

    protected virtual NaiveOffers Parse(ReadOnlySpan<byte> value) => NaiveOffers.Parse(value);

    private string? CheckReader(byte[] value)
    {
        var actual = new StringBuilder();
        var reader = new ExtensionOfferReader(value);
        while (reader.ReadOffer())
        {
            actual.Append(Encoding.Latin1.GetString(reader.Name));
            while (reader.ReadParameter())
            {
                actual.Append(" ; ").Append(Encoding.Latin1.GetString(reader.ParameterName)).Append(" = ")
                    .Append(Encoding.Latin1.GetString(reader.ParameterValue));
            }

            actual.Append('\n');
        }

        NaiveOffers expected = Parse(value);
        if (reader.IsMalformed != expected.IsMalformed) return $"It is {(reader.IsMalformed ? "" : "not ")}found malformed, wrongly.";
        // If the text is malformed, it does not matter how much of the last offer was read.
        string complete = expected.ToString();
        bool isSame = expected.IsMalformed
            ? actual.ToString().StartsWith(complete, StringComparison.Ordinal)
            : actual.ToString() == complete;
        if (!isSame) return $"The offers are\n{actual}and should be\n{complete}";

        // The offers must be the same if their parameters are skipped.
        reader = new ExtensionOfferReader(value);
        int count = 0;
        while (reader.ReadOffer()) count++;
        return reader.IsMalformed == expected.IsMalformed && (count == expected.Offers.Count || expected.IsMalformed)
            ? null
            : $"Passed over, there are {count} offers.";
    }

    private string? CheckNegotiation(List<byte[]> values, DeflatePolicy policy)
    {
        var text = new StringBuilder(
            "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
        text.Append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        foreach (byte[] value in values) text.Append("Sec-WebSocket-Extensions: ").Append(Encoding.Latin1.GetString(value)).Append("\r\n");
        byte[] bytes = Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());

        // Other tests cover requests that HTTP itself forbids.
        var reader = default(RequestHeadReader);
        if (reader.Read(bytes, new HandshakeLimits(100_000)) != HeadReadStatus.Done || reader.Length != bytes.Length) return null;
        var head = new RequestHead(bytes);
        List<NaiveOffers> lists = values.ConvertAll(value => Parse(value.AsSpan().Trim(" \t"u8)));
        bool isGood = lists.TrueForAll(static list => !list.IsMalformed);
        HandshakeError error = OpeningHandshake.Validate(head);
        if (error != (isGood ? HandshakeError.None : HandshakeError.InvalidExtensions)) return $"The request is found {error}.";
        if (!isGood) return null;

        DeflateParameters? expected = Negotiation.Accept(
            lists.SelectMany(static list => list.Offers), policy, out bool isServerWindowAsked);
        bool isAccepted = DeflateNegotiation.TryAccept(head, policy, out DeflateParameters actual, out string header);
        if (isAccepted != expected is not null || (isAccepted && actual != expected))
        {
            return $"The answer is {(isAccepted ? actual : "to decline")} and should be {(expected is null ? "to decline" : expected)}.";
        }

        return isAccepted ? CheckHeader(header, actual, isServerWindowAsked) : header.Length == 0 ? null : "A header declines.";
    }

    // The written header must state the negotiated parameters (RFC 7692 section 7.1).
    private static string? CheckHeader(string header, DeflateParameters agreed, bool isServerWindowAsked)
    {
        NaiveOffers answer = NaiveOffers.Parse(Encoding.Latin1.GetBytes(header));
        if (answer.IsMalformed || answer.Offers.Count != 1) return $"The header is '{header}'.";
        DeflateParameters? read = new NaiveNegotiation()
            .Accept(answer.Offers, new DeflatePolicy(NoContextTakeover: false), out bool isWindowNamed);
        if (read != agreed) return $"The header is '{header}' for {agreed}.";
        // Section 7.1.2.1: the answer to a client that asks for a window must name one.
        return isServerWindowAsked && !isWindowNamed ? $"The header '{header}' does not name the window that was asked for." : null;
    }
}
