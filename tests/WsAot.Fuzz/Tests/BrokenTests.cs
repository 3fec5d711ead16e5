using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Extensions;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Handshake;
using WsAot.Fuzz.Proxies;
using WsAot.Fuzz.Sessions;
using WsAot.Fuzz.Support;
using WsAot.Fuzz.Tls;
using WsAot.Protocol;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Messages;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Tests;

/// <summary>Every target can fail: it finds faults made on purpose within a few inputs.</summary>
public class BrokenTests
{
    private const ulong Seed = 2;

    [Fact]
    public void A_head_reader_that_forgets_at_a_cut_is_found() => AssertFound(new ForgetfulHandshake(), 200);

    [Theory]
    [InlineData(HandshakeError.MalformedRequestLine, 200)]
    [InlineData(HandshakeError.MalformedHeader, 200)]
    [InlineData(HandshakeError.UnsupportedHttpVersion, 1000)]
    [InlineData(HandshakeError.HeadTooLarge, 200)]
    [InlineData(HandshakeError.TooManyHeaders, 1000)]
    public void Every_rule_of_the_head_is_reached(HandshakeError rule, int inputs) => AssertFound(new LenientHandshake(rule), inputs);

    [Fact]
    public void A_frame_receiver_that_forgets_at_a_cut_is_found() => AssertFound(new ForgetfulFrames(), 100);

    [Theory]
    [InlineData(ProtocolError.ReservedBitSet)]
    [InlineData(ProtocolError.ReservedOpcode)]
    [InlineData(ProtocolError.FragmentedControlFrame)]
    [InlineData(ProtocolError.ControlFrameTooLong)]
    [InlineData(ProtocolError.UnmaskedFrame)]
    [InlineData(ProtocolError.LengthNotMinimal)]
    [InlineData(ProtocolError.LengthTopBitSet)]
    [InlineData(ProtocolError.UnexpectedContinuation)]
    [InlineData(ProtocolError.ExpectedContinuation)]
    [InlineData(ProtocolError.InvalidUtf8)]
    [InlineData(ProtocolError.MessageTooBig)]
    [InlineData(ProtocolError.TooManyFragments)]
    [InlineData(ProtocolError.ClosePayloadOfOneByte)]
    [InlineData(ProtocolError.InvalidCloseCode)]
    [InlineData(ProtocolError.InvalidCloseReason)]
    [InlineData(ProtocolError.InvalidDeflateData)]
    public void Every_rule_of_frames_is_reached(ProtocolError rule) => AssertFound(new LenientFrames(rule), 3000);

    [Theory]
    [InlineData(TlsFault.WrongAnswer)]
    [InlineData(TlsFault.ChangedIsExpected)]
    public void What_TLS_does_not_protect_is_found(TlsFault fault) => AssertFound(new TlsTarget(fault), 100);

    [Fact]
    public void A_reader_of_the_PROXY_protocol_that_forgets_at_a_cut_is_found() => AssertFound(new ForgetfulProxy(), 100);

    [Theory]
    [InlineData(ProxyHeaderStatus.NotAProxyHeader, 500)]
    [InlineData(ProxyHeaderStatus.Malformed, 200)]
    public void Every_verdict_on_a_proxy_header_is_reached(ProxyHeaderStatus verdict, int inputs) =>
        AssertFound(new LenientProxy(verdict), inputs);

    [Fact]
    public void A_reader_that_believes_one_proxy_too_many_is_found() => AssertFound(new CredulousForwarded(), 1000);

    [Fact]
    public void A_reader_that_does_not_stop_at_what_a_client_has_made_up_is_found() => AssertFound(new FirstForwarded(), 1000);

    [Fact]
    public void A_parser_that_loses_an_offer_is_found() => AssertFound(new LossyExtensions(), 200);

    [Fact]
    public void A_negotiation_that_lets_a_parameter_be_repeated_is_found() => AssertFound(new LenientExtensions(), 1000);

    [Fact]
    public void An_inflater_that_keeps_its_window_is_found() => AssertFound(new ForgetfulInflate(), 1000);

    [Fact]
    public void An_inflater_that_forgets_the_ratio_is_found()
    {
        // Inputs of a megabyte: to minimize a finding in a thousand steps would take a minute.
        var target = new WiderInflate();
        Assert.Contains(Enumerable.Range(0, 5000), i => Fuzzer.Check(target, target.Generate(new FuzzRandom(Seed, (ulong)i))) is not null);
    }

    [Fact]
    public void A_deflater_that_refers_to_what_it_should_have_forgotten_is_found() => AssertFound(new ForgettingDeflate(), 200);

    [Fact]
    public void A_deflater_with_too_large_a_window_is_found() => AssertFound(new NarrowDeflate(), 2000);

    [Theory]
    [InlineData("EchoIsCorrupted")]
    [InlineData("EchoIsLost")]
    [InlineData("EchoIsDoubled")]
    [InlineData("BufferIsKept")]
    [InlineData("CloseIsToldTwice")]
    [InlineData("ErrorIsLogged")]
    [InlineData("BystanderIsClosed")]
    [InlineData("ServersWindowIsForgotten")]
    [InlineData("ClientsWindowIsForgotten")]
    public void A_broken_server_is_found(string fault) => AssertFound(new SessionTarget(Enum.Parse<SessionFault>(fault)), 200);

    private static void AssertFound(FuzzTarget target, int inputs)
    {
        Finding? finding = new Fuzzer(target, Seed, []).TryUntilFound(inputs);
        Assert.NotNull(finding);
        // A finding must be reproducible.
        Assert.NotNull(Fuzzer.Check(target, finding.Input));
    }

    private sealed class ForgetfulHandshake : HandshakeTarget
    {
        protected override RequestHeadReader Between(RequestHeadReader reader) => default;

        // This reader starts again at each piece, so it gets only the bytes after the split.
        protected override ReadOnlySpan<byte> Kept(ReadOnlySpan<byte> bytes, int cut) => bytes[cut..];
    }

    private sealed class LenientHandshake(HandshakeError rule) : HandshakeTarget
    {
        protected override (HeadReadStatus Status, HandshakeError Error, int Length, int Headers) ReadNaively(
            byte[] bytes, int maxHeadBytes, int maxHeaders)
        {
            var result = base.ReadNaively(bytes, maxHeadBytes, maxHeaders);
            return result.Error == rule ? (HeadReadStatus.NeedMoreData, HandshakeError.None, 0, 0) : result;
        }
    }

    private sealed class ForgetfulFrames : FrameTarget
    {
        protected override MessageReceiver Between(MessageReceiver receiver) => receiver.IsIdle ? receiver : default;
    }

    private sealed class LenientFrames(ProtocolError rule) : FrameTarget
    {
        protected override NaiveReceiver CreateReference(int maxMessageBytes, int maxFragments, NaiveInflater? inflater) =>
            new LenientReceiver(rule, maxMessageBytes, maxFragments, inflater);
    }

    private sealed class LenientReceiver(ProtocolError rule, int maxMessageBytes, int maxFragments, NaiveInflater? inflater)
        : NaiveReceiver(maxMessageBytes, maxFragments, inflater)
    {
        protected override bool Forgives(ProtocolError error) => error == rule;
    }

    private sealed class ForgetfulProxy : ProxyTarget
    {
        protected override ProxyHeaderReader Between(ProxyHeaderReader reader) => default;
    }

    private sealed class LenientProxy(ProxyHeaderStatus verdict) : ProxyTarget
    {
        protected override NaiveProxyHeader ReadNaively(byte[] bytes)
        {
            NaiveProxyHeader header = base.ReadNaively(bytes);
            return header.Status == verdict ? new NaiveProxyHeader(ProxyHeaderStatus.NeedMoreData) : header;
        }
    }

    // It trusts the address from the proxy next to us, and does not look further back.
    private sealed class CredulousForwarded : ForwardedTarget
    {
        protected override NaiveForwarded? ReadNaively(ForwardedInput headers) =>
            base.ReadNaively(headers) is { IsEnd: false } client ? client with { Client = ([192, 0, 2, 1], 1) } : base.ReadNaively(headers);
    }

    // It uses the first element, which a client can forge.
    private sealed class FirstForwarded : ForwardedTarget
    {
        protected override NaiveForwarded? ReadNaively(ForwardedInput headers)
        {
            NaiveForwarded? client = base.ReadNaively(headers);
            List<string> nodes = NaiveForwarded.ElementsOf(headers, "X-Forwarded-For");
            return client is not null && nodes.Count > 1 && NaiveAddress.ParseNode(nodes[^1]) is { } first
                ? client with { Client = first }
                : client;
        }
    }

    private sealed class LossyExtensions : ExtensionTarget
    {
        protected override NaiveOffers Parse(ReadOnlySpan<byte> value)
        {
            NaiveOffers offers = base.Parse(value);
            if (offers.Offers.Count > 2) offers.Offers.RemoveAt(1);
            return offers;
        }
    }

    private sealed class LenientExtensions : ExtensionTarget
    {
        protected override NaiveNegotiation Negotiation { get; } = new LenientNegotiation();
    }

    private sealed class LenientNegotiation : NaiveNegotiation
    {
        protected override bool AreSingle(List<(string Name, string Value)> parameters) => true;
    }

    private sealed class ForgetfulInflate : InflateTarget
    {
        protected override NaiveInflater CreateReference(int windowBits, bool noContextTakeover) =>
            new KeepingInflater(windowBits, noContextTakeover);
    }

    private sealed class WiderInflate : InflateTarget
    {
        protected override int Allowed(int maxBytes) => maxBytes + 1;
    }

    private sealed class ForgettingDeflate : DeflateTarget
    {
        protected override NaiveInflater CreateReference(int windowBits, bool noContextTakeover) =>
            new(windowBits, noContextTakeover: true);
    }

    private sealed class NarrowDeflate : DeflateTarget
    {
        protected override NaiveInflater CreateReference(int windowBits, bool noContextTakeover) => new(windowBits - 2, noContextTakeover);
    }

    private sealed class KeepingInflater(int windowBits, bool noContextTakeover) : NaiveInflater(windowBits, noContextTakeover)
    {
        protected override bool IsWindowKept => true;
    }
}
