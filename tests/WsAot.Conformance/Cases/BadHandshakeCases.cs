using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>Opening handshakes that a server must refuse, and with which status.</summary>
internal static class BadHandshakeCases
{
    private const string MalformedIs400 =
        "Section 4.2.1 asks for an error code such as 400; by RFC 9110 section 15.5.1, a malformed request gets 400.";

    public static IEnumerable<ConformanceCase> All() =>
        [.. Required(), .. Keys(), .. Versions(), .. Lists(), .. Http(), .. Malformed(), .. TooMuch(), .. Others()];

    private static ConformanceCase Refuses(
        string id, string name, int status, Func<HandshakeRequest, HandshakeRequest> change, string? choice = null) =>
        new(id, name, $"{status}.", async context =>
        {
            CaseConnection connection = await context.ConnectAsync();
            await connection.SendAsync(change(context.NewRequest()).ToBytes());
            HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
            await response.ExpectRefusedAsync(status);
        })
        {
            Choice = choice,
        };

    private static IEnumerable<ConformanceCase> Required()
    {
        yield return Refuses("4.2.1-no-host", "No Host header (RFC 9112 section 3.2)", 400, static request => request.Remove("Host"));
        yield return Refuses(
            "4.2.1-two-hosts", "Two Host headers (RFC 9112 section 3.2)", 400, static request => request.Add("Host", "other.example"));
        yield return Refuses(
            "4.2.1-two-equal-hosts",
            "The same Host header twice (RFC 9112 section 3.2)",
            400,
            static request => request.Add("Host", request.Authority));
        yield return Refuses(
            "4.2.1-empty-host", "An empty Host header", 400, static request => request.SetLine("Host", "Host:"), MalformedIs400);
        foreach ((string id, string host) in (IEnumerable<(string, string)>)
            [
                ("space", "a b"), ("slash", "a/b"), ("user", "user@host"), ("port", "host:port"), ("port-too-large", "host:65536"),
                ("bracket", "[::1"), ("comma-list", "a,b:80,c:90"),
            ])
        {
            yield return Refuses(
                $"4.2.1-bad-host-{id}",
                $"Host: {host} (RFC 9112 section 3.2: an invalid Host gets 400)",
                400,
                request => request.Set("Host", host));
        }

        const string upgradeRequired =
            "Without a valid Upgrade it is a plain request to a resource that only speaks WebSocket: 426 with Upgrade: "
            + "websocket (RFC 9110 section 15.5.22).";
        yield return Refuses("4.2.1-no-upgrade", "No Upgrade header", 426, static request => request.Remove("Upgrade"), upgradeRequired);
        yield return Refuses("4.2.1-other-upgrade", "Upgrade: h2c", 426, static request => request.Set("Upgrade", "h2c"), upgradeRequired);
        yield return Refuses(
            "4.2.1-empty-upgrade",
            "An empty Upgrade header",
            426,
            static request => request.SetLine("Upgrade", "Upgrade:"),
            upgradeRequired);
        yield return Refuses(
            "4.2.1-upgrade-prefix", "Upgrade: websocketx", 426, static request => request.Set("Upgrade", "websocketx"), upgradeRequired);
        yield return Refuses(
            "4.2.1-upgrade-words", "Upgrade: web socket", 426, static request => request.Set("Upgrade", "web socket"), upgradeRequired);
        yield return new(
            "4.2.1-426-names-websocket",
            "No Upgrade header",
            "426 with Upgrade: websocket, named in Connection as well (RFC 9110 sections 7.8 and 15.5.22).",
            static async context =>
            {
                CaseConnection connection = await context.ConnectAsync();
                await connection.SendAsync(context.NewRequest().Remove("Upgrade").ToBytes());
                HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
                if (!response.ValuesOf("Upgrade").Contains("websocket", StringComparer.OrdinalIgnoreCase))
                {
                    throw new CaseFailedException($"The {response.Status} has no Upgrade: websocket.");
                }

                if (!response.ValuesOf("Connection").Any(static value => value.Contains("upgrade", StringComparison.OrdinalIgnoreCase)))
                {
                    throw new CaseFailedException("Connection does not name Upgrade.");
                }

                await response.ExpectRefusedAsync(426);
            })
        {
            Choice = upgradeRequired,
        };
        yield return Refuses(
            "4.2.1-no-connection", "No Connection header", 400, static request => request.Remove("Connection"), MalformedIs400);
        yield return Refuses(
            "4.2.1-connection-keep-alive",
            "Connection: keep-alive",
            400,
            static request => request.Set("Connection", "keep-alive"),
            MalformedIs400);
        yield return Refuses(
            "4.2.1-connection-prefix",
            "Connection: Upgrades",
            400,
            static request => request.Set("Connection", "Upgrades"),
            MalformedIs400);
        yield return Refuses(
            "4.2.1-connection-words",
            "Connection: keep-alive Upgrade",
            400,
            static request => request.Set("Connection", "keep-alive Upgrade"),
            MalformedIs400);
        yield return Refuses(
            "4.2.1-connection-empty",
            "An empty Connection header",
            400,
            static request => request.SetLine("Connection", "Connection:"),
            MalformedIs400);
    }

    private static IEnumerable<ConformanceCase> Keys()
    {
        yield return Refuses(
            "4.2.1-no-key", "No Sec-WebSocket-Key", 400, static request => request.Remove("Sec-WebSocket-Key"), MalformedIs400);
        yield return Refuses(
            "11.3.1-two-keys",
            "Two Sec-WebSocket-Key headers",
            400,
            static request => request.Add("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
            MalformedIs400);
        yield return Refuses(
            "11.3.1-two-equal-keys",
            "The same Sec-WebSocket-Key twice",
            400,
            static request => request.Add("Sec-WebSocket-Key", request.Key),
            MalformedIs400);
        (string Id, string Words, string Key)[] keys =
        [
            ("empty", "empty", ""),
            ("of-1", "of 1 byte", Convert.ToBase64String(new byte[1])),
            ("of-12", "of 12 bytes", Convert.ToBase64String(new byte[12])),
            ("of-15", "of 15 bytes", Convert.ToBase64String(new byte[15])),
            ("of-17", "of 17 bytes", Convert.ToBase64String(new byte[17])),
            ("of-32", "of 32 bytes", Convert.ToBase64String(new byte[32])),
            ("no-padding", "without padding", "dGhlIHNhbXBsZSBub25jZQ"),
            ("half-padding", "with half its padding", "dGhlIHNhbXBsZSBub25jZQ="),
            ("padding-first", "with its padding in front", "==dGhlIHNhbXBsZSBub25jZQ"),
            ("no-base64", "with characters that are not base64", "dGhlIHNhbXBsZSBub25j$!=="),
            ("url-alphabet", "in the alphabet for URLs", "__________________-_-w=="),
            ("inner-space", "with a space inside", "dGhlIHNhbXBs ZSBub25jZQ="),
        ];
        foreach ((string id, string words, string key) in keys)
        {
            yield return Refuses(
                $"4.2.1-key-{id}", $"A key {words}: \"{key}\"", 400, request => request.Set("Sec-WebSocket-Key", key),
                "Section 4.2.1 item 5 requires 16 bytes in base64, and lets the server answer anything else with 400.");
        }
    }

    private static IEnumerable<ConformanceCase> Versions()
    {
        foreach (string version in (string[])["0", "4", "7", "8", "12", "14", "25", "255", "130", "abc", "13x", "-13", "1.3"])
        {
            yield return new(
                $"4.4-version-{version}",
                $"Sec-WebSocket-Version: {version}",
                "426 with Sec-WebSocket-Version: 13.",
                async context =>
                {
                    CaseConnection connection = await context.ConnectAsync();
                    await connection.SendAsync(context.NewRequest().Set("Sec-WebSocket-Version", version).ToBytes());
                    HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
                    await response.ExpectRefusedAsync(426);
                    if (response.ValuesOf("Sec-WebSocket-Version") is not ["13"])
                    {
                        throw new CaseFailedException(
                            $"Sec-WebSocket-Version is \"{string.Join(", ", response.ValuesOf("Sec-WebSocket-Version"))}\", not \"13\".");
                    }
                })
            {
                Choice = "Sections 4.2.2 item 4 and 4.4 ask for a code such as 426 and a list of versions. 13 is the only standard; "
                    + "a malformed number is not a version that we know.",
            };
        }

        yield return Refuses(
            "4.2.1-no-version", "No Sec-WebSocket-Version", 400, static request => request.Remove("Sec-WebSocket-Version"), MalformedIs400);
        yield return Refuses(
            "11.3.5-two-versions",
            "Two Sec-WebSocket-Version headers",
            400,
            static request => request.Add("Sec-WebSocket-Version", "8"),
            MalformedIs400);
        yield return Refuses(
            "11.3.5-two-equal-versions",
            "Sec-WebSocket-Version: 13 twice",
            400,
            static request => request.Add("Sec-WebSocket-Version", "13"),
            MalformedIs400);
    }

    private static IEnumerable<ConformanceCase> Lists()
    {
        const string subprotocols = "Section 4.1 item 10: tokens that all differ.";
        (string Id, string Value)[] protocols =
        [
            ("separator", "chat/1"), ("space", "chat one"), ("quoted", "\"chat\""), ("twice", "chat, chat"),
        ];
        foreach ((string id, string value) in protocols)
        {
            yield return Refuses(
                $"4.1-bad-subprotocols-{id}",
                $"Sec-WebSocket-Protocol: {value}",
                400,
                request => request.Add("Sec-WebSocket-Protocol", value),
                subprotocols);
        }

        (string Id, string Value)[] extensions =
        [
            ("no-name", ";a=1"), ("two-words", "a b"), ("no-parameter-name", "a; =1"), ("no-value", "a; b="),
            ("open-quote", "a; b=\"c"),
            ("quoted-space", "a; b=\"c d\""), ("empty-quotes", "a; b=\"\""), ("separator", "a; b=c/d"),
            ("two-equals", "a; b=c=d"),
        ];
        foreach ((string id, string value) in extensions)
        {
            yield return Refuses(
                $"9.1-bad-extensions-{id}",
                $"Sec-WebSocket-Extensions: {value}",
                400,
                request => request.Add("Sec-WebSocket-Extensions", value),
                "Section 9.1: a header that breaks the grammar must fail the connection; before the 101, that means 400.");
        }
    }

    private static IEnumerable<ConformanceCase> Http()
    {
        foreach (string method in (string[])["POST", "PUT", "HEAD", "OPTIONS", "DELETE", "get"])
        {
            yield return new(
                $"4.2.1-method-{(method == "get" ? "lower-case" : method.ToLowerInvariant())}",
                $"The method {method}",
                "405 with Allow: GET.",
                async context =>
                {
                    HandshakeRequest request = context.NewRequest();
                    request.Method = method;
                    CaseConnection connection = await context.ConnectAsync();
                    await connection.SendAsync(request.ToBytes());
                    HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
                    if (response.Status != 405) await response.ExpectRefusedAsync(405);
                    if (!response.ValuesOf("Allow").Any(static value => value.Contains("GET", StringComparison.Ordinal)))
                    {
                        throw new CaseFailedException("The 405 has no Allow: GET (RFC 9110 section 15.5.6).");
                    }
                })
            {
                Choice = "Section 4.2.1 item 1 requires GET and names no code; 405 is the code for this (RFC 9110 section 15.5.6).",
            };
        }

        yield return Refuses("4.2.1-http-1.0", "HTTP/1.0", 426, static request => WithVersion(request, "HTTP/1.0"),
            "By RFC 9110 section 7.8, a server ignores Upgrade in HTTP/1.0; the rest is a plain request, which gets 426.");
        foreach (string version in (string[])["HTTP/2.0", "HTTP/0.9", "HTTP/3.1"])
        {
            yield return Refuses(
                $"4.2.1-{version.ToLowerInvariant().Replace('/', '-')}",
                version,
                505,
                request => WithVersion(request, version),
                "RFC 9110 section 15.6.6: 505 for a major version that is not supported.");
        }

        foreach ((string id, string version) in (IEnumerable<(string, string)>)
            [
                ("lower-case", "http/1.1"), ("other", "HTTPS/1.1"), ("no-dot", "HTTP/11"), ("two-digits", "HTTP/1.10"),
                ("word", "HTTP/x.y"), ("none", ""),
            ])
        {
            yield return Refuses(
                $"4.2.1-bad-http-version-{id}",
                $"The version \"{version}\" (RFC 9112 section 2.3)",
                400,
                request => WithVersion(request, version),
                MalformedIs400);
        }

        const string noBody =
            "Section 4.1 defines no body. A proxy would see a body where we see frames, so that requests could be smuggled.";
        yield return Refuses(
            "4.1-body",
            "Content-Length: 5 and a body",
            400,
            static request => WithBody(request.Add("Content-Length", "5"), "hello"),
            noBody);
        yield return Refuses(
            "4.1-body-to-come", "Content-Length: 5 and no body yet", 400, static request => request.Add("Content-Length", "5"), noBody);
        yield return Refuses(
            "4.1-chunked-body",
            "Transfer-Encoding: chunked",
            400,
            static request => WithBody(request.Add("Transfer-Encoding", "chunked"), "5\r\nhello\r\n0\r\n\r\n"),
            noBody);
        yield return Refuses(
            "4.1-bad-content-length", "Content-Length: -1", 400, static request => request.Add("Content-Length", "-1"), noBody);
        yield return Refuses(
            "4.1-two-content-lengths",
            "Content-Length: 0 and Content-Length: 5",
            400,
            static request => request.Add("Content-Length", "0").Add("Content-Length", "5"),
            noBody);
        yield return Refuses(
            "4.1-fragment-in-target",
            "A target with a fragment (section 3)",
            400,
            static request => WithTarget(request, request.Target + "#part"),
            MalformedIs400);
        yield return Refuses(
            "4.1-target-with-escape-cut",
            "A target with half an escape",
            400,
            static request => WithTarget(request, request.Target + "%2"),
            MalformedIs400);
        yield return Refuses(
            "4.1-relative-target",
            "A target without a leading slash",
            400,
            static request => WithTarget(request, "echo"),
            MalformedIs400);
        yield return Refuses(
            "4.1-unknown-path",
            "A path that does not exist",
            404,
            static request => WithTarget(request, "/nothing-is-here-" + request.Key.Length),
            "Section 4.2.2 item 4: a resource that does not exist is refused with an error such as 404.");
    }

    private static IEnumerable<ConformanceCase> Malformed()
    {
        const string strict =
            "RFC 9112 allows leniency here, but if two parties disagree about where a line or a field ends, requests can be "
            + "smuggled.";
        yield return Refuses(
            "4.2.1-bare-line-feeds",
            "Lines that end in LF alone (RFC 9112 section 2.2)",
            400,
            static request => WithLineEnd(request, "\n"),
            strict);
        yield return Refuses(
            "4.2.1-bare-line-feed-in-header",
            "One header line that ends in LF alone",
            400,
            static request => request.AddLine("X-A: b\nX-C: d"),
            strict);
        yield return Refuses(
            "4.2.1-bare-carriage-return",
            "CR inside a header (RFC 9110 section 5.5)",
            400,
            static request => request.AddLine("X-A: b\rX-C: d"),
            strict);
        yield return Refuses(
            "4.2.1-nul-in-value",
            "NUL in a header's value (RFC 9110 section 5.5)",
            400,
            static request => request.AddLine("X-A: b\0c"),
            MalformedIs400);
        yield return Refuses(
            "4.2.1-nul-in-name", "NUL in a header's name", 400, static request => request.AddLine("X-\0A: b"), MalformedIs400);
        yield return Refuses(
            "4.2.1-nul-in-target", "NUL in the target", 400, static request => WithTarget(request, request.Target + "\0"), MalformedIs400);
        yield return Refuses(
            "4.2.1-control-in-value",
            "The control character 01 in a header's value",
            400,
            static request => request.AddLine("X-A: b\u0001c"),
            strict);
        yield return Refuses(
            "4.2.1-delete-in-value",
            "The control character 7F in a header's value",
            400,
            static request => request.AddLine("X-A: b\u007fc"),
            strict);
        yield return Refuses(
            "4.2.1-folded-header",
            "A folded header (RFC 9112 section 5.2)",
            400,
            static request => request.AddLine("X-A: b").AddLine(" c"),
            strict);
        yield return Refuses(
            "4.2.1-folded-by-tab", "A header folded with a tab", 400, static request => request.AddLine("X-A: b").AddLine("\tc"), strict);
        yield return Refuses(
            "4.2.1-space-before-first-header",
            "White space before the first header (RFC 9112 section 2.2)",
            400,
            static request => request.SetLine("Host", " Host: " + request.Authority),
            strict);
        yield return Refuses(
            "4.2.1-space-before-colon",
            "A space between name and colon (RFC 9112 section 5.1)",
            400,
            static request => request.AddLine("X-A : b"),
            strict);
        yield return Refuses(
            "4.2.1-tab-before-colon", "A tab between name and colon", 400, static request => request.AddLine("X-A\t: b"), strict);
        yield return Refuses(
            "4.2.1-no-colon", "A header line without a colon", 400, static request => request.AddLine("X-A b"), MalformedIs400);
        yield return Refuses(
            "4.2.1-no-name", "A header line without a name", 400, static request => request.AddLine(": b"), MalformedIs400);
        yield return Refuses(
            "4.2.1-name-with-separator", "A header name with a slash", 400, static request => request.AddLine("X/A: b"), MalformedIs400);
        yield return Refuses(
            "4.2.1-name-beyond-ascii",
            "A header name with the byte E9",
            400,
            static request => request.AddLine("X-\u00e9: b"),
            MalformedIs400);
        yield return Refuses(
            "4.2.1-two-spaces-in-request-line",
            "Two spaces before the version",
            400,
            static request => WithVersion(request, " HTTP/1.1"),
            strict);
        yield return Refuses(
            "4.2.1-tab-in-request-line",
            "A tab before the version",
            400,
            static request => WithTarget(request, request.Target + "\t"),
            strict);
        yield return Refuses(
            "4.2.1-space-after-version", "A space after the version", 400, static request => WithVersion(request, "HTTP/1.1 "), strict);
        yield return Refuses("4.2.1-method-with-separator", "A method that is not a token", 400, static request =>
        {
            request.Method = "GE(T";
            return request;
        }, MalformedIs400);
    }

    private static IEnumerable<ConformanceCase> TooMuch()
    {
        const string tooLarge = "No RFC sets the limit; no real request has a head of 128 KiB or 5,000 headers. RFC 6585 section 5: 431.";
        yield return Refuses(
            "10.4-head-of-128k",
            "A head of 128 KiB in one header",
            431,
            static request => request.Add("X-Long", new string('x', 128 * 1024)),
            tooLarge);
        yield return Refuses("10.4-5000-headers", "A head of 5,000 headers", 431, static request =>
        {
            for (int i = 0; i < 5000; i++) request.AddLine("X-A: b");
            return request;
        }, tooLarge);
        yield return Refuses(
            "10.4-endless-header",
            "A header of 128 KiB whose line does not end",
            431,
            static request => WithVersion(request, "HTTP/1.1\r\nX-A: " + new string('x', 128 * 1024)),
            tooLarge);
    }

    private static IEnumerable<ConformanceCase> Others()
    {
        yield return Refuses("4.1-bytes-before-the-101", "A frame in the same write as the request", 400,
            static request => WithBody(request, "\u0081\u0085\u0037\u00fa\u0021\u003d\u007f\u009f\u004d\u0051\u0058"),
            "Section 4.1: the client must wait for the answer before it sends more. Otherwise, the bytes may be meant for a server "
            + "behind us.");
        const string foreign =
            "Section 10.2 leaves this to the server. A browser sends cookies to any server, "
            + "so only pages of the same origin are accepted, unless another origin is allowed.";
        yield return Refuses(
            "10.2-foreign-origin",
            "An Origin of another host",
            403,
            static request => request.Add("Origin", "http://elsewhere.example"),
            foreign);
        yield return Refuses("10.2-null-origin", "Origin: null", 403, static request => request.Add("Origin", "null"), foreign);
        yield return Refuses(
            "10.2-origin-with-prefix",
            "An Origin that begins with the server's own",
            403,
            static request => request.Add("Origin", request.OwnOrigin + ".elsewhere.example"),
            foreign);
        yield return Refuses(
            "10.2-two-origins",
            "Two Origin headers",
            400,
            static request => request.Add("Origin", request.OwnOrigin).Add("Origin", "http://elsewhere.example"),
            MalformedIs400);
        yield return new("4.2.1-no-http-at-all", "The beginning of a TLS handshake", "400, at once.", static async context =>
        {
            CaseConnection connection = await context.ConnectAsync();
            await connection.SendAsync((byte[])[0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]);
            await (await HandshakeResponse.ReadAsync(connection)).ExpectRefusedAsync(400);
        })
        {
            Choice = MalformedIs400,
        };
        yield return new("4.2.1-end-within-the-head", "Half a request, then FIN", "The server ends the connection.", static async context =>
        {
            CaseConnection connection = await context.ConnectAsync();
            byte[] request = context.NewRequest().ToBytes();
            await connection.SendAsync(request.AsMemory(0, request.Length / 2));
            await connection.EndOutputAsync();
            context.Waiting = "the server did not end the connection";
            // RFC 9112 section 8: a request that is not complete may be answered with an error, or not at all.
            while (await connection.ReadByteAsync() >= 0) ;
        });
    }

    private static HandshakeRequest WithVersion(HandshakeRequest request, string version)
    {
        request.Version = version;
        return request;
    }

    private static HandshakeRequest WithTarget(HandshakeRequest request, string target)
    {
        request.Target = target;
        return request;
    }

    private static HandshakeRequest WithBody(HandshakeRequest request, string body)
    {
        request.Body = body;
        return request;
    }

    private static HandshakeRequest WithLineEnd(HandshakeRequest request, string lineEnd)
    {
        request.LineEnd = lineEnd;
        return request;
    }
}
