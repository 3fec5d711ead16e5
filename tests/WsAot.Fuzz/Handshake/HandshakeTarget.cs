using System.Globalization;
using WsAot.Fuzz.Support;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Handshake;

namespace WsAot.Fuzz.Handshake;

/// <summary>
/// The reader of request heads, and the code that uses a complete head. An input is a byte for the limits, and the client's bytes.
/// </summary>
internal class HandshakeTarget : FuzzTarget
{
    private static readonly int[] s_maxHeadBytes = [16, 40, 64, 150, 300, 1000];
    private static readonly int[] s_maxHeaders = [1, 2, 5, 12];

    public override string Name => "handshake";

    public override int SliceInputs => 40_000;

    public override byte[] Generate(FuzzRandom random) => HandshakeGenerator.Generate(random);

    public override string? Check(byte[] input)
    {
        if (input.Length == 0) return null;
        int maxHeadBytes = s_maxHeadBytes[input[0] % s_maxHeadBytes.Length];
        int maxHeaders = s_maxHeaders[input[0] / 16 % s_maxHeaders.Length];
        byte[] bytes = input[1..];
        string expected = Describe(ReadNaively(bytes, maxHeadBytes, maxHeaders));
        var limits = new HandshakeLimits(maxHeadBytes, maxHeaders);
        foreach (int[] split in Splits.Of(bytes))
        {
            string actual = Drive(bytes, split, limits);
            if (actual != expected) return $"Read {Splits.Describe(split)} it is {actual}, and should be {expected}.";
        }

        return null;
    }

    protected virtual (HeadReadStatus Status, HandshakeError Error, int Length, int Headers) ReadNaively(
        byte[] bytes, int maxHeadBytes, int maxHeaders) =>
        NaiveHead.Read(bytes, maxHeadBytes, maxHeaders);

    /// <summary>The reader for the next piece: the same one.</summary>
    protected virtual RequestHeadReader Between(RequestHeadReader reader) => reader;

    /// <summary>The received bytes that the reader gets: all of them.</summary>
    protected virtual ReadOnlySpan<byte> Kept(ReadOnlySpan<byte> bytes, int cut) => bytes;

    private static string Describe((HeadReadStatus Status, HandshakeError Error, int Length, int Headers) result) => result.Status switch
    {
        HeadReadStatus.Done => $"a head of {result.Length} bytes with {result.Headers} headers",
        HeadReadStatus.Error => $"wrong: {result.Error}",
        _ => "incomplete",
    };

    private string Drive(byte[] bytes, int[] split, HandshakeLimits limits)
    {
        RequestHeadReader reader = default;
        var status = HeadReadStatus.NeedMoreData;
        int length = 0;
        foreach (int piece in split)
        {
            status = reader.Read(Kept(bytes.AsSpan(0, length + piece), length), limits);
            length += piece;
            if (status != HeadReadStatus.NeedMoreData) break;
            reader = Between(reader);
        }

        // A result must stay the same.
        if (status != HeadReadStatus.NeedMoreData && reader.Read(bytes, limits) != status) return "something else when asked again";
        int headers = status == HeadReadStatus.Done ? UseHead(bytes.AsSpan(0, reader.Length)) : 0;
        return Describe((status, reader.Error, reader.Length, headers));
    }

    /// <summary>Does everything that a server does with a head. It must not throw.</summary>
    private static int UseHead(ReadOnlySpan<byte> bytes)
    {
        var head = new RequestHead(bytes);
        int count = 0;
        foreach (HeaderField field in head)
        {
            if (field.Name.IsEmpty) throw new InvalidOperationException("A header has no name.");
            count++;
        }

        if (head.Path.IsEmpty || head.Target.IsEmpty || head.Method.IsEmpty)
        {
            throw new InvalidOperationException("A part of the request line is empty.");
        }

        _ = OpeningHandshake.IsUpgradeToWebSocket(head);
        HandshakeError error = OpeningHandshake.Validate(head);
        if (HandshakeErrors.Describe(error).StatusCode is < 100 or > 599)
        {
            throw new InvalidOperationException("An error has no status: " + error.ToString());
        }

        Origin.IsSameOrigin(head.TryGetHeader("origin"u8, out ReadOnlySpan<byte> origin) ? origin : default, head.Authority);
        _ = Subprotocols.Select(head, ["chat.v1", "x"]);
        if (error != HandshakeError.None) return count;

        // Section 4.2.1: what a valid request must have.
        if (!head.TryGetHeader("sec-websocket-key"u8, out ReadOnlySpan<byte> key) || key.Length != 24 || head.CountHeader("host"u8) != 1)
        {
            throw new InvalidOperationException("A handshake without a key or with more than one host was found good.");
        }

        Span<byte> accept = stackalloc byte[64];
        AcceptKey.Compute(key, accept);
        if (DeflateNegotiation.TryAccept(head, new DeflatePolicy(NoContextTakeover: false), out DeflateParameters parameters, out _)
            && (parameters.ServerMaxWindowBits is < 8 or > 15 || parameters.ClientMaxWindowBits is < 8 or > 15))
        {
            throw new InvalidOperationException("A window of " + parameters.ServerMaxWindowBits.ToString(CultureInfo.InvariantCulture));
        }

        return count;
    }
}
