using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Deflate;

namespace WsAot.Conformance.Cases;

/// <summary>How permessage-deflate is offered and accepted (RFC 7692 sections 5 and 7.1).</summary>
internal static class DeflateNegotiationCases
{
    private const string AcceptsAll =
        "Section 5.1 lets a server decline any offer. A server with compression accepts each offer that it can fulfil, "
        + "and it can fulfil all of these.";

    private static readonly (string Id, string Offer)[] s_good =
    [
        ("plain", "permessage-deflate"),
        ("server-no-takeover", "permessage-deflate; server_no_context_takeover"),
        ("client-no-takeover", "permessage-deflate; client_no_context_takeover"),
        ("both-no-takeover", "permessage-deflate; server_no_context_takeover; client_no_context_takeover"),
        ("client-bits-without-value", "permessage-deflate; client_max_window_bits"),
        ("client-bits-8", "permessage-deflate; client_max_window_bits=8"),
        ("client-bits-9", "permessage-deflate; client_max_window_bits=9"),
        ("client-bits-12", "permessage-deflate; client_max_window_bits=12"),
        ("client-bits-15", "permessage-deflate; client_max_window_bits=15"),
        ("server-bits-8", "permessage-deflate; server_max_window_bits=8"),
        ("server-bits-9", "permessage-deflate; server_max_window_bits=9"),
        ("server-bits-10", "permessage-deflate; server_max_window_bits=10"),
        ("server-bits-11", "permessage-deflate; server_max_window_bits=11"),
        ("server-bits-12", "permessage-deflate; server_max_window_bits=12"),
        ("server-bits-13", "permessage-deflate; server_max_window_bits=13"),
        ("server-bits-14", "permessage-deflate; server_max_window_bits=14"),
        ("server-bits-15", "permessage-deflate; server_max_window_bits=15"),
        (
            "all",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
            + "client_max_window_bits=11"),
        (
            "all-reversed",
            "permessage-deflate; client_max_window_bits; server_max_window_bits=12; client_no_context_takeover; "
            + "server_no_context_takeover"),
        ("quoted", "permessage-deflate; server_max_window_bits=\"10\""),
        ("quoted-client", "permessage-deflate; client_max_window_bits=\"15\""),
        ("quoted-with-escape", "permessage-deflate; server_max_window_bits=\"1\\0\""),
        ("no-spaces", "permessage-deflate;server_no_context_takeover;client_max_window_bits"),
        ("many-spaces", "  permessage-deflate \t;  server_no_context_takeover   ;\tclient_max_window_bits  "),
        ("space-around-equals", "permessage-deflate; server_max_window_bits = 10"),
        ("empty-elements", ", ,permessage-deflate,,"),
        ("unknown-first", "x-unknown; a=1, permessage-deflate"),
        ("unknown-last", "permessage-deflate, x-unknown; a=1"),
        ("browser", "permessage-deflate; client_max_window_bits"),
    ];

    // Each is well-formed, but the server must decline it (section 7.1).
    private static readonly (string Id, string Offer)[] s_bad =
    [
        ("unknown-parameter", "permessage-deflate; x_unknown"),
        ("unknown-parameter-with-value", "permessage-deflate; level=9"),
        ("server-takeover-with-value", "permessage-deflate; server_no_context_takeover=1"),
        ("server-takeover-true", "permessage-deflate; server_no_context_takeover=true"),
        ("client-takeover-with-value", "permessage-deflate; client_no_context_takeover=1"),
        ("server-bits-without-value", "permessage-deflate; server_max_window_bits"),
        ("server-bits-0", "permessage-deflate; server_max_window_bits=0"),
        ("server-bits-7", "permessage-deflate; server_max_window_bits=7"),
        ("server-bits-16", "permessage-deflate; server_max_window_bits=16"),
        ("server-bits-100", "permessage-deflate; server_max_window_bits=100"),
        ("server-bits-leading-zero", "permessage-deflate; server_max_window_bits=08"),
        ("server-bits-sign", "permessage-deflate; server_max_window_bits=+9"),
        ("server-bits-negative", "permessage-deflate; server_max_window_bits=-9"),
        ("server-bits-word", "permessage-deflate; server_max_window_bits=max"),
        ("server-bits-decimal", "permessage-deflate; server_max_window_bits=10.0"),
        ("server-bits-hex", "permessage-deflate; server_max_window_bits=0xa"),
        ("server-bits-overflow", "permessage-deflate; server_max_window_bits=4294967306"),
        ("client-bits-7", "permessage-deflate; client_max_window_bits=7"),
        ("client-bits-16", "permessage-deflate; client_max_window_bits=16"),
        ("client-bits-leading-zero", "permessage-deflate; client_max_window_bits=09"),
        ("client-bits-word", "permessage-deflate; client_max_window_bits=x"),
        ("server-takeover-twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover"),
        ("client-takeover-twice", "permessage-deflate; client_no_context_takeover; client_no_context_takeover"),
        ("server-bits-twice", "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10"),
        ("server-bits-twice-differently", "permessage-deflate; server_max_window_bits=10; server_max_window_bits=11"),
        ("client-bits-twice", "permessage-deflate; client_max_window_bits; client_max_window_bits=10"),
        ("good-then-bad-parameter", "permessage-deflate; server_no_context_takeover; x_unknown=1"),
        ("older-name", "x-webkit-deflate-frame"),
        ("name-with-prefix", "permessage-deflate2"),
    ];

    /// <summary>For a server with compression.</summary>
    public static IEnumerable<ConformanceCase> All() => [.. Accepted(), .. Declined(), .. Several()];

    /// <summary>For a server without compression, which accepts no offer.</summary>
    public static IEnumerable<ConformanceCase> Unavailable()
    {
        foreach ((string id, string offer) in (IEnumerable<(string, string)>)[.. s_good, .. s_bad.Select(static bad => (
            "bad-" + bad.Id,
            bad.Offer))])
        {
            yield return Declines(
                $"deflate-5.1-not-available-{id}",
                offer,
                "The server has no compression (--no-compression), so it accepts no offer of it.");
        }

        yield return new(
            "deflate-6-rsv1-unless-agreed",
            "RSV1 after an offer that was declined",
            "A close frame with 1002.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync("permessage-deflate");
                await client.SendAsync(ClientFrame.Text(PlatformDeflate.Compress("hello"u8)) with { Rsv = 4 });
                await client.ExpectFailureAsync(1002);
            });
    }

    private static IEnumerable<ConformanceCase> Accepted()
    {
        foreach ((string id, string offer) in s_good)
        {
            yield return new(
                $"deflate-7.1-accepts-{id}",
                $"The offer {offer.Trim()}",
                "It is accepted, and the response answers it; then a compressed echo.",
                async context =>
                {
                    WebSocketClient client = await ExpectAcceptedAsync(context, offer);
                    await EchoAsync(client, "hello hello hello hello"u8.ToArray());
                    await client.ExpectOpenAsync();
                })
            {
                Choice = AcceptsAll,
            };
        }

        yield return new(
            "deflate-5.1-two-lines",
            "Offers in two header lines, which are one list",
            "The first good one is accepted.",
            static async context =>
            {
                HandshakeRequest request = context.NewRequest()
                    .Add("Sec-WebSocket-Extensions", "x-unknown")
                    .Add("Sec-WebSocket-Extensions", "permessage-deflate; server_no_context_takeover");
                WebSocketClient client = await context.OpenAsync(request);
                if (client.Agreement is not { ServerNoContextTakeover: true }) throw new CaseFailedException("The offer was not accepted.");
                await EchoAsync(client, "hello"u8.ToArray());
            })
        {
            Choice = AcceptsAll,
        };
    }

    private static IEnumerable<ConformanceCase> Declined()
    {
        foreach ((string id, string offer) in s_bad)
        {
            yield return Declines(
                $"deflate-7.1-declines-{id}",
                offer,
                "Section 7.1: such an offer must be declined. Declining is not failing: the connection opens without the extension.");
        }

        foreach ((string id, string offer) in s_bad)
        {
            yield return new(
                $"deflate-7.1-next-after-{id}",
                $"The offer {offer}, and a good one after it",
                "The first is declined, the second accepted.",
                async context =>
                {
                    WebSocketClient client = await ExpectAcceptedAsync(context, offer + ", permessage-deflate; server_max_window_bits=13");
                    if (client.Agreement is not { ServerWindowBits: <= 13 })
                    {
                        throw new CaseFailedException("The response does not answer the second offer.");
                    }

                    await EchoAsync(client, "hello hello hello"u8.ToArray());
                })
            {
                Choice = AcceptsAll,
            };
        }
    }

    private static IEnumerable<ConformanceCase> Several()
    {
        yield return new(
            "deflate-5.1-first-of-two",
            "Two good offers",
            "The first is accepted: section 5.1 has them in the order of preference.",
            static async context =>
            {
                WebSocketClient client = await ExpectAcceptedAsync(
                    context, "permessage-deflate; server_max_window_bits=9, permessage-deflate; server_no_context_takeover");
                if (client.Agreement is not { ServerWindowBits: <= 9 })
                {
                    throw new CaseFailedException("The response does not answer the first offer.");
                }
            })
        {
            Choice = AcceptsAll,
        };
        yield return new(
            "deflate-5.1-fallback",
            "A good offer with parameters, then a plain one as fallback",
            "The first is accepted.",
            static async context =>
            {
                WebSocketClient client = await ExpectAcceptedAsync(
                    context, "permessage-deflate; server_no_context_takeover; server_max_window_bits=10, permessage-deflate");
                if (client.Agreement is not { ServerNoContextTakeover: true, ServerWindowBits: <= 10 })
                {
                    throw new CaseFailedException("The response does not answer the first offer.");
                }
            })
        {
            Choice = AcceptsAll,
        };
        yield return new("deflate-5.1-third-of-three", "Two bad offers, then a good one", "The third is accepted.", static async context =>
        {
            WebSocketClient client = await ExpectAcceptedAsync(
                context,
                "permessage-deflate; a, permessage-deflate; server_max_window_bits=1, permessage-deflate; client_no_context_takeover");
            await EchoAsync(client, "hello"u8.ToArray());
        })
        {
            Choice = AcceptsAll,
        };
        yield return Declines(
            "deflate-5.1-all-bad",
            "permessage-deflate; a, permessage-deflate; server_max_window_bits=1, x-other",
            "Section 7.1: each of the offers must be declined.");
        yield return new(
            "deflate-7.1.2.2-no-client-bits-unless-offered",
            "An offer without client_max_window_bits",
            "The response has none either: the client would have to fail the connection.",
            static async context =>
            {
                // The agreement is checked where it is read.
                await ExpectAcceptedAsync(context, "permessage-deflate");
            });
    }

    private static ConformanceCase Declines(string id, string offer, string choice) =>
        new(id, $"The offer {offer}", "101 without Sec-WebSocket-Extensions; then an echo.", async context =>
        {
            WebSocketClient client = await context.OpenAsync(offer);
            if (client.Agreement is not null) throw new CaseFailedException("The offer was accepted.");
            await client.ExpectOpenAsync();
        })
        {
            Choice = choice,
        };

    private static async Task<WebSocketClient> ExpectAcceptedAsync(CaseContext context, string offer)
    {
        WebSocketClient client = await context.OpenAsync(offer);
        return client.Agreement is not null ? client : throw new CaseFailedException("The offer was not accepted.");
    }

    private static async Task EchoAsync(WebSocketClient client, byte[] payload)
    {
        await client.SendAsync(ClientFrame.Binary(client.Deflater!.Encode(payload)) with { Rsv = 4 });
        await client.ExpectMessageAsync(Opcode.Binary, payload);
    }
}
