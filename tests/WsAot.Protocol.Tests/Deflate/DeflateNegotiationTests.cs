using System.Diagnostics;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Deflate;

public sealed class DeflateNegotiationTests
{
    private const string Name = "permessage-deflate";

    private static readonly DeflatePolicy s_dedicated = new(NoContextTakeover: false);
    private static readonly DeflatePolicy s_shared = new(NoContextTakeover: true);

    [Theory]
    [InlineData("permessage-deflate", "")]
    [InlineData("permessage-deflate; server_no_context_takeover", "; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover", "; client_no_context_takeover")]
    [InlineData("permessage-deflate; client_max_window_bits", "")]
    [InlineData("permessage-deflate; client_max_window_bits=15", "")]
    [InlineData("permessage-deflate; client_max_window_bits=10", "; client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=\"9\"", "; client_max_window_bits=9")]
    [InlineData("permessage-deflate; server_max_window_bits=8", "; server_max_window_bits=8")]
    [InlineData("permessage-deflate; server_max_window_bits=\"15\"", "; server_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=\"1\\5\"", "; server_max_window_bits=15")]
    [InlineData(
        "permessage-deflate;client_max_window_bits=8;server_max_window_bits=12;client_no_context_takeover;server_no_context_takeover",
        "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits=8")]
    [InlineData("permessage-deflate ;\tclient_max_window_bits = 11 ; server_max_window_bits\t=\t14 ",
        "; server_max_window_bits=14; client_max_window_bits=11")]
    public void Section_7_1_what_the_client_asks_for_is_granted(string offer, string answer) =>
        Assert.Equal(Name + answer, Answer(s_dedicated, offer));

    [Theory]
    [InlineData("permessage-deflate", "; server_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=10; client_max_window_bits",
        "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10")]
    public void Section_7_1_1_a_server_that_keeps_nothing_says_so(string offer, string answer) =>
        Assert.Equal(Name + answer, Answer(s_shared, offer));

    [Theory]
    [InlineData("permessage-deflate", "; server_max_window_bits=11")]
    [InlineData("permessage-deflate; client_max_window_bits", "; server_max_window_bits=11; client_max_window_bits=11")]
    [InlineData("permessage-deflate; client_max_window_bits=9", "; server_max_window_bits=11; client_max_window_bits=9")]
    [InlineData("permessage-deflate; client_max_window_bits=15; server_max_window_bits=15",
        "; server_max_window_bits=11; client_max_window_bits=11")]
    [InlineData("permessage-deflate; server_max_window_bits=8", "; server_max_window_bits=8")]
    public void Section_7_1_2_a_smaller_window_of_the_policy_is_told_to_those_that_can_be(string offer, string answer) =>
        Assert.Equal(Name + answer, Answer(new DeflatePolicy(NoContextTakeover: false, MaxWindowBits: 11), offer));

    [Fact]
    public void Section_7_1_2_every_window_is_granted_and_no_other_number()
    {
        string[] wrong =
        [
            "0", "1", "7", "16", "17", "18", "19", "20", "25", "010", "08", "015", "+8", "-8", "8.0", "0x8", "x", "150", "1a", "a5", "88",
            "99",
        ];
        foreach (string side in new[] { "server", "client" })
        {
            for (int bits = 8; bits <= 15; bits++)
            {
                Assert.True(TryAccept(s_dedicated, out DeflateParameters parameters, out _, $"{Name}; {side}_max_window_bits={bits}"));
                Assert.Equal(side == "server" ? bits : 15, parameters.ServerMaxWindowBits);
                Assert.Equal(side == "client" ? bits : 15, parameters.ClientMaxWindowBits);
            }

            foreach (string value in wrong) Assert.Null(Answer(s_dedicated, $"{Name}; {side}_max_window_bits={value}"));
        }
    }

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; server_no_context_takeover=true")]
    [InlineData("permessage-deflate; client_no_context_takeover=\"x\"")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; unknown=1")]
    [InlineData("permessage-deflate; Server_No_Context_Takeover")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=10; x; server_no_context_takeover")]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-bzip2; permessage-deflate")]
    [InlineData("permessage-deflate2")]
    [InlineData("x")]
    public void Section_7_1_an_offer_that_cannot_be_granted_is_declined_and_only_that_one(string offer)
    {
        Assert.Null(Answer(s_dedicated, offer));
        Assert.Equal(Name, Answer(s_dedicated, offer + ", permessage-deflate"));
        Assert.Equal(Name, Answer(s_dedicated, offer, Name));
        Assert.Equal(
            Name + "; server_max_window_bits=9", Answer(s_dedicated, $"a; b=c, {offer}, {Name}; server_max_window_bits=9, {Name}"));
        Assert.Equal(Name, Answer(s_dedicated, $"{Name}, {offer}"));
    }

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", "; server_max_window_bits=10")]
    [InlineData("permessage-deflate, permessage-deflate; server_max_window_bits=10", "")]
    [InlineData(" ,, permessage-deflate; client_no_context_takeover ,", "; client_no_context_takeover")]
    public void Section_5_1_the_first_offer_is_the_one_that_the_client_likes_best(string offers, string answer) =>
        Assert.Equal(Name + answer, Answer(s_dedicated, offers));

    [Fact]
    public void Several_headers_are_one_list()
    {
        Assert.Equal(Name + "; server_max_window_bits=12", Answer(s_dedicated, "foo", Name + "; server_max_window_bits=12", Name));
        Assert.Null(Answer(s_dedicated));
    }

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=\"\"")]
    [InlineData("permessage-deflate; server_max_window_bits=")]
    [InlineData("permessage-deflate; server_max_window_bits=\"10")]
    [InlineData("permessage-deflate; client_no_context_takeover=\"\"")]
    [InlineData("permessage-deflate x")]
    public void What_does_not_follow_the_grammar_is_a_bad_request_and_is_not_accepted_either(string value)
    {
        byte[] head = Request.Bytes(Request.With("Sec-WebSocket-Extensions: " + value));
        Assert.NotEqual(HandshakeError.None, OpeningHandshake.Validate(new RequestHead(head)));
        Assert.False(DeflateNegotiation.TryAccept(new RequestHead(head), s_dedicated, out _, out _));
    }

    [Theory]
    [InlineData("{0}; x")]
    [InlineData("{0}; x=\"\\1\\2\"")]
    [InlineData("{0}; server_max_window_bits=16")]
    [InlineData("x; y; z")]
    public void Many_thousand_tokens_take_time_in_proportion(string offer)
    {
        // Far above the limit on heads: what is not linear takes hours here, so the guard need not be near what it takes.
        string value = string.Join(',', Enumerable.Repeat(string.Format(null, offer, Name), 500_000));
        byte[] head = Request.Bytes(Request.With("Sec-WebSocket-Extensions: " + value, "Sec-WebSocket-Extensions: " + Name + "; " +
            string.Join(';', Enumerable.Repeat("client_no_context_takeover", 500_000))));
        long start = Stopwatch.GetTimestamp();
        Assert.False(DeflateNegotiation.TryAccept(new RequestHead(head), s_dedicated, out _, out _));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 300);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    public void A_policy_has_a_window_that_exists(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflatePolicy(NoContextTakeover: false, MaxWindowBits: bits));

    private static string? Answer(DeflatePolicy policy, params string[] headers) =>
        TryAccept(policy, out _, out string answer, headers) ? answer : null;

    private static bool TryAccept(DeflatePolicy policy, out DeflateParameters parameters, out string answer, params string[] headers)
    {
        string text = Request.With([.. headers.Select(static value => "Sec-WebSocket-Extensions: " + value)]);
        Assert.Equal(HandshakeError.None, Request.Validate(text));
        return DeflateNegotiation.TryAccept(new RequestHead(Request.Bytes(text)), policy, out parameters, out answer);
    }
}
