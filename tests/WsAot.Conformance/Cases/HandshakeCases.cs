using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Opening handshakes that a server must accept: plain ones and odd ones (RFC 6455 section 4, RFC 9110 and 9112).</summary>
internal static class HandshakeCases
{
    public static IEnumerable<ConformanceCase> All() =>
        [.. Answers(), .. Keys(), .. Names(), .. Lists(), .. WhiteSpace(), .. RequestLines(), .. OtherHeaders(), .. Sizes(), .. Splits()];

    private static ConformanceCase Accepts(string id, string name, Func<HandshakeRequest, HandshakeRequest> change) =>
        new(id, name, "101 with the right Sec-WebSocket-Accept; then an echo.", async context =>
        {
            WebSocketClient client = await context.OpenAsync(change(context.NewRequest()));
            await client.ExpectOpenAsync();
        });

    private static IEnumerable<ConformanceCase> Answers()
    {
        yield return Accepts("4.2.2-plain", "A plain opening handshake", static request => request);
        yield return new("4.2.2-headers-of-the-101", "A plain opening handshake",
            "The 101 has Upgrade, Connection and Sec-WebSocket-Accept, each once, and none but general headers beside them.",
            async context =>
            {
                HandshakeResponse response = await AskAsync(context, context.NewRequest());
                response.ExpectAccepted(context.NewRequest());
                string[] surplus =
                [
                    .. response.Headers.Select(header => header.Key.ToLowerInvariant())
                        .Except(["upgrade", "connection", "sec-websocket-accept", "date", "server"]),
                ];
                if (surplus.Length > 0) throw new CaseFailedException($"The 101 has {string.Join(", ", surplus)}, unasked.");
            })
        {
            Choice = "Section 4.2.2 allows any header, but for a plain request, a server needs no other headers than these, Date and "
                + "Server.",
        };
        yield return new("4.2.2-no-subprotocol-unasked", "A handshake without Sec-WebSocket-Protocol",
            "The 101 has no Sec-WebSocket-Protocol (section 4.1: the client would have to fail the connection).",
            static context => ExpectNoHeaderAsync(context, context.NewRequest(), "Sec-WebSocket-Protocol"));
        yield return new("4.2.2-no-unknown-subprotocol", "A handshake that offers subprotocols of which the route knows none",
            "101 without Sec-WebSocket-Protocol (section 4.2.2 item 5).",
            static context => ExpectNoHeaderAsync(
                context, context.NewRequest().Add("Sec-WebSocket-Protocol", "nobody.knows.v1, nor.this"), "Sec-WebSocket-Protocol"));
        yield return new("4.2.2-no-extension-unasked", "A handshake without Sec-WebSocket-Extensions",
            "The 101 has no Sec-WebSocket-Extensions (section 9.1).",
            static context => ExpectNoHeaderAsync(context, context.NewRequest(), "Sec-WebSocket-Extensions"));
        foreach ((string id, string offer) in (IEnumerable<(string, string)>)[(
            "unknown",
            "x-unknown"), ("parameters", "x-unknown; a; b=1; c=\"d\""), ("list", "x-one, x-two; y=2")])
        {
            yield return new($"9.1-declines-extension-{id}", $"An offer of extensions that do not exist: {offer}",
                "101 without Sec-WebSocket-Extensions (section 9.1).",
                context => ExpectNoHeaderAsync(
                    context, context.NewRequest().Add("Sec-WebSocket-Extensions", offer), "Sec-WebSocket-Extensions"));
        }
    }

    private static IEnumerable<ConformanceCase> Keys()
    {
        yield return Accepts(
            "1.3-example-key", "The key of the example, whose answer is s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", static request => request);
        yield return Accepts(
            "4.2.2-key-of-zeros", "A key of 16 zero bytes", static request => request.SetKey(Convert.ToBase64String(new byte[16])));
        byte[] ones = new byte[16];
        ones.AsSpan().Fill(0xff);
        yield return Accepts(
            "4.2.2-key-of-ones",
            "A key of 16 bytes FF, which is slashes in base64",
            request => request.SetKey(Convert.ToBase64String(ones)));
        byte[] plus = new byte[16];
        for (int i = 0; i < plus.Length; i++) plus[i] = (byte)(i % 3 == 0 ? 0xfb : i % 3 == 1 ? 0xef : 0xbe);
        yield return Accepts(
            "4.2.2-key-of-pluses", "A key that is plus signs in base64", request => request.SetKey(Convert.ToBase64String(plus)));
        for (int i = 1; i <= 6; i++)
        {
            byte[] key = Wire.Bytes(16, i);
            yield return Accepts($"4.2.2-random-key-{i}", "A random key", request => request.SetKey(Convert.ToBase64String(key)));
        }

        yield return new(
            "4.2.2-same-key-twice",
            "Two connections with the same key",
            "Both are accepted: a key need not be new to the server.",
            static async context =>
            {
                WebSocketClient first = await context.OpenAsync();
                WebSocketClient second = await context.OpenAsync();
                await first.ExpectOpenAsync();
                await second.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Names()
    {
        (string Id, Func<string, string> Change)[] cases =
        [
            ("lower", static name => name.ToLowerInvariant()),
            ("upper", static name => name.ToUpperInvariant()),
            (
                "mixed",
                static name => string.Concat(
                    name.Select(static (c, i) => i % 2 == 0 ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)))),
        ];
        foreach ((string id, Func<string, string> change) in cases)
        {
            yield return Accepts($"4.2.1-header-names-{id}", $"Header names in {id} case (RFC 9110 section 5.1)", request =>
            {
                foreach (string name in (string[])["Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"])
                {
                    string value = name switch
                    {
                        "Host" => request.Authority,
                        "Upgrade" => "websocket",
                        "Connection" => "Upgrade",
                        "Sec-WebSocket-Key" => request.Key,
                        _ => "13",
                    };
                    request.SetLine(name, $"{change(name)}: {value}");
                }

                return request;
            });
        }

        foreach (string value in (string[])["WebSocket", "WEBSOCKET", "wEbSoCkEt"])
        {
            yield return Accepts(
                $"4.2.1-upgrade-{(value == "WebSocket" ? "capitals" : value == "WEBSOCKET" ? "upper" : "mixed")}",
                $"Upgrade: {value}",
                request => request.Set("Upgrade", value));
        }

        foreach (string value in (string[])["upgrade", "UPGRADE", "uPgRaDe"])
        {
            yield return Accepts(
                $"4.2.1-connection-{(value == "upgrade" ? "lower" : value == "UPGRADE" ? "upper" : "mixed")}",
                $"Connection: {value}",
                request => request.Set("Connection", value));
        }

        yield return Accepts(
            "4.2.1-key-surplus-bits",
            "A key whose last character has bits that belong to no byte (RFC 4648 section 3.5)",
            static request => request.SetKey("dGhlIHNhbXBsZSBub25jZR=="));
        (string Id, string Name, string Value)[] lists =
        [
            ("4.1-subprotocols-empty", "Sec-WebSocket-Protocol", ""), ("4.1-subprotocols-only-commas", "Sec-WebSocket-Protocol", ",,"),
            ("9.1-extensions-empty", "Sec-WebSocket-Extensions", ""),
            ("9.1-extensions-trailing-semicolon", "Sec-WebSocket-Extensions", "a;"),
        ];
        foreach ((string id, string name, string value) in lists)
        {
            yield return Accepts(
                id, $"{name}: {value} (RFC 9110 section 5.6.1: empty elements of a list are ignored)", request => request.Add(name, value));
        }

        yield return Accepts("4.2.1-headers-reversed", "Headers in the reverse order, Host last", static request => request.Reverse());
    }

    private static IEnumerable<ConformanceCase> Lists()
    {
        (string Id, string Value)[] connections =
        [
            ("keep-alive-first", "keep-alive, Upgrade"),
            ("keep-alive-last", "Upgrade, keep-alive"),
            ("no-spaces", "keep-alive,Upgrade,x-other"),
            ("many-spaces", "keep-alive  ,\t Upgrade  ,  x-other"),
            ("empty-elements", ", ,keep-alive,,Upgrade,"),
            ("twice", "Upgrade, Upgrade"),
        ];
        foreach ((string id, string value) in connections)
        {
            yield return Accepts(
                $"4.2.1-connection-list-{id}",
                $"Connection: {value} (RFC 9110 section 5.6.1)",
                request => request.Set("Connection", value));
        }

        yield return Accepts("4.2.1-connection-two-lines", "Two Connection lines, Upgrade in the second (RFC 9110 section 5.3)",
            static request => request.Set("Connection", "keep-alive").Add("Connection", "Upgrade"));
        yield return Accepts("4.2.1-connection-two-lines-first", "Two Connection lines, Upgrade in the first",
            static request => request.Add("Connection", "keep-alive"));
        yield return Accepts(
            "4.2.1-upgrade-list",
            "Upgrade: x-other, websocket (RFC 9110 section 7.8)",
            static request => request.Set("Upgrade", "x-other, websocket"));
        yield return Accepts(
            "4.2.1-upgrade-list-first", "Upgrade: websocket, x-other", static request => request.Set("Upgrade", "websocket, x-other"));
        yield return Accepts("4.2.1-upgrade-two-lines", "Two Upgrade lines, websocket in the second",
            static request => request.Set("Upgrade", "x-other").Add("Upgrade", "websocket"));
        yield return Accepts("11.3.4-subprotocols-two-lines", "Two Sec-WebSocket-Protocol lines, which are one list",
            static request => request.Add("Sec-WebSocket-Protocol", "nobody.knows.v1").Add("Sec-WebSocket-Protocol", "nobody.knows.v2"));
        yield return Accepts("9.1-extensions-two-lines", "Two Sec-WebSocket-Extensions lines, which are one list",
            static request => request.Add("Sec-WebSocket-Extensions", "x-one").Add("Sec-WebSocket-Extensions", "x-two; a=1"));
    }

    private static IEnumerable<ConformanceCase> WhiteSpace()
    {
        (string Id, string Words, Func<string, string, string> Line)[] forms =
        [
            ("none", "no white space after the colon", static (name, value) => $"{name}:{value}"),
            ("spaces", "many spaces around the value", static (name, value) => $"{name}:     {value}     "),
            ("tabs", "tabs around the value", static (name, value) => $"{name}:\t\t{value}\t"),
        ];
        foreach ((string id, string words, Func<string, string, string> line) in forms)
        {
            yield return Accepts($"4.2.1-white-space-{id}", $"Headers with {words} (RFC 9110 section 5.5)", request => request
                .SetLine("Host", line("Host", request.Authority))
                .SetLine("Upgrade", line("Upgrade", "websocket"))
                .SetLine("Connection", line("Connection", "Upgrade"))
                .SetLine("Sec-WebSocket-Key", line("Sec-WebSocket-Key", request.Key))
                .SetLine("Sec-WebSocket-Version", line("Sec-WebSocket-Version", "13")));
        }
    }

    private static IEnumerable<ConformanceCase> RequestLines()
    {
        yield return Accepts(
            "4.1-target-with-query", "A target with a query", static request => Retarget(request, request.Target + "?a=b&c=%2F%20d"));
        yield return Accepts(
            "4.1-target-with-empty-query", "A target with an empty query", static request => Retarget(request, request.Target + "?"));
        foreach (string scheme in (string[])["http", "ws"])
        {
            yield return Accepts(
                $"4.1-target-absolute-{scheme}",
                $"A target in the absolute form with {scheme} (section 4.1 item 2; RFC 9112 section 3.2.2)",
                request => Retarget(request, $"{scheme}{request.SchemeEnd}://{request.Authority}{request.Target}")) with
            {
                Choice = scheme == "ws"
                    ? "Section 4.1 item 2 has an http(s) URI; a client that writes ws can only mean the same."
                    : null,
            };
        }

        yield return Accepts("4.2.1-http-1.2", "HTTP/1.2, which is 1.1 or higher", static request =>
        {
            request.Version = "HTTP/1.2";
            return request;
        }) with
        {
            Choice = "Section 4.2.1 item 1 says 1.1 or higher; by RFC 9112 section 2.3, a recipient treats a higher minor version as the "
                + "highest that it knows.",
        };
        yield return Accepts("4.2.1-empty-line-first", "An empty line before the request line (RFC 9112 section 2.2)", static request =>
        {
            request.Prefix = "\r\n";
            return request;
        });
    }

    private static IEnumerable<ConformanceCase> OtherHeaders()
    {
        yield return Accepts("4.1-unknown-headers", "Headers that a browser sends",
            static request => request.Add("User-Agent", "Mozilla/5.0 (conformance)")
                .Add("Accept-Encoding", "gzip, deflate, br")
                .Add("Cache-Control", "no-cache")
                .Add("Pragma", "no-cache").Add("Cookie", "a=b; c=\"d e\"").Add("Sec-Fetch-Mode", "websocket"));
        yield return Accepts("4.1-empty-header", "A header without a value", static request => request.AddLine("X-Empty:"));
        yield return Accepts(
            "4.1-header-obs-text",
            "A header with bytes from 80 to FF (RFC 9110 section 5.5: obs-text)",
            static request => request.Add("X-Text", "caf\u00e9 \u0080\u00ff"));
        yield return Accepts("4.1-header-tab", "A header with a tab inside its value", static request => request.Add("X-Text", "a\tb"));
        yield return Accepts(
            "4.1-header-odd-name",
            "A header whose name has every character that a token may have",
            static request => request.AddLine("!#$%&'*+-.^_`|~09azAZ: yes"));
        yield return Accepts(
            "4.1-header-colons", "A header whose value has colons and commas", static request => request.Add("X-Text", ":a::b,, c:"));
        yield return Accepts("4.1-same-header-often", "Twenty lines of the same unknown header", static request =>
        {
            for (int i = 0; i < 20; i++) request.Add("X-Again", $"{i}");
            return request;
        });
        yield return Accepts(
            "4.1-content-length-zero", "Content-Length: 0, which is no body", static request => request.Add("Content-Length", "0"));
        yield return Accepts(
            "10.2-same-origin",
            "An Origin that is the server's own",
            static request => request.Add("Origin", request.OwnOrigin));
    }

    private static IEnumerable<ConformanceCase> Sizes()
    {
        const string whyThisSize =
            "No RFC sets a limit. Cookies and tokens can make a head of 7 KiB; RFC 9110 section 5.4 asks for room for them.";
        yield return Accepts("4.1-head-of-7k", "A head of 7 KiB in one long header", static request => request.Add(
            "X-Long", new string('x', 6900))).Choosing(whyThisSize);
        yield return Accepts("4.1-head-of-7k-in-lines", "A head of 7 KiB in 60 headers", static request =>
        {
            for (int i = 0; i < 60; i++) request.Add($"X-Header-{i}", new string('y', 95));
            return request;
        }).Choosing(whyThisSize);
        yield return Accepts("4.1-long-query", "A query of 4,000 bytes", static request => Retarget(
            request, request.Target + "?q=" + new string('z', 4000))).Choosing(whyThisSize);
    }

    private static IEnumerable<ConformanceCase> Splits()
    {
        yield return new("4.2.1-byte-by-byte", "A head sent in writes of one byte", "101; then an echo.", static async context =>
        {
            HandshakeRequest request = context.NewRequest();
            CaseConnection connection = await context.ConnectAsync();
            await connection.SendInPiecesAsync(request.ToBytes(), 1);
            HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
            await new WebSocketClient(connection, response.ExpectAccepted(request)).ExpectOpenAsync();
        });
        string[] parts =
            ["the request line", "Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "the empty line"];
        for (int part = 0; part < parts.Length; part++)
        {
            int line = part;
            yield return new("4.2.1-split-in-"
                + $"{parts[part].Replace("the ", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant()}",
                $"A head in two writes, cut at every position of {parts[part]}",
                "101 each time; then an echo.",
                context => SplitInLineAsync(context, line));
        }
    }

    private static async Task SplitInLineAsync(CaseContext context, int line)
    {
        HandshakeRequest request = context.NewRequest();
        byte[] bytes = request.ToBytes();
        int start = 0;
        for (int i = 0; i < line; i++) start += bytes.AsSpan(start).IndexOf("\r\n"u8) + 2;
        int end = start + bytes.AsSpan(start).IndexOf("\r\n"u8) + 2;
        for (int position = Math.Max(1, start); position < Math.Min(end, bytes.Length); position++)
        {
            CaseConnection connection = await context.ConnectAsync();
            await connection.SendSplitAsync(bytes, position);
            HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
            await new WebSocketClient(connection, response.ExpectAccepted(request)).ExpectOpenAsync();
            connection.Dispose();
        }
    }

    private static async Task<HandshakeResponse> AskAsync(CaseContext context, HandshakeRequest request)
    {
        CaseConnection connection = await context.ConnectAsync();
        await connection.SendAsync(request.ToBytes());
        return await HandshakeResponse.ReadAsync(connection);
    }

    private static async Task ExpectNoHeaderAsync(CaseContext context, HandshakeRequest request, string name)
    {
        HandshakeResponse response = await AskAsync(context, request);
        if (response.ValuesOf(name) is { Length: > 0 } values) throw new CaseFailedException($"The response has {name}: {values[0]}.");
        response.ExpectAccepted(request);
    }

    private static HandshakeRequest Retarget(HandshakeRequest request, string target)
    {
        request.Target = target;
        return request;
    }
}
