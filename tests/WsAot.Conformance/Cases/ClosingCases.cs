using System.Text;
using WsAot.Conformance.Client;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Cases;

/// <summary>The closing handshake (RFC 6455 sections 5.5.1 and 7).</summary>
internal static class ClosingCases
{
    private const string Echo =
        "Section 5.5.1: an endpoint typically echoes the code. We expect exactly that; the reason may be repeated or not.";
    private const string Illegal =
        "Section 7.4 forbids the code, but does not say what happens then. It is a protocol error: 1002.";

    public static IEnumerable<ConformanceCase> All() =>
        [.. Codes(), .. Reasons(), .. BadPayloads(), .. AfterClose(), .. BeforeClose(), .. AfterFailure(), .. Tcp(), .. WithoutClose()];

    private static ConformanceCase Closes(string id, string name, int code, ClientFrame close) =>
        new(
            id,
            name,
            code == 1005
                ? "A close frame without a code, then FIN from the server."
                : $"A close frame with {code}, then FIN from the server.",
            async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(close);
                await client.ExpectClosedAsync(code);
            });

    private static IEnumerable<ConformanceCase> Codes()
    {
        yield return Closes("5.5.1-no-code", "A close frame without a payload", 1005, ClientFrame.Close(default(ReadOnlyMemory<byte>))) with
        {
            Choice = "Section 7.1.5: no code means 1005, which is never sent, so the answer has no code either.",
        };
        int[] registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
        foreach (int code in (int[])[.. registered, 3000, 3001, 3999, 4000, 4001, 4999])
        {
            yield return Closes($"7.4-code-{code}", $"A close frame with {code}", code, ClientFrame.Close(code)).Choosing(Echo);
        }

        foreach (int code in (int[])[0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 5001, 32_768, 65_535])
        {
            yield return Wire.Fails($"7.4-bad-code-{code}", $"A close frame with {code}, which must not be sent", 1002, ClientFrame.Close(
                code)).Choosing(Illegal);
        }

        yield return Wire.Fails("7.4-bad-code-1005-with-reason", "A close frame with 1005 and a reason", 1002, ClientFrame.Close(
            1005, "nothing")).Choosing(Illegal);
    }

    private static IEnumerable<ConformanceCase> Reasons()
    {
        foreach (int length in (int[])[1, 2, 60, 122, 123])
        {
            yield return Closes(
                $"5.5.1-reason-of-{length}",
                $"A close frame with 1000 and a reason of {Wire.Size(length)}",
                1000,
                ClientFrame.Close(1000, new string('r', length))).Choosing(Echo);
        }

        yield return Closes("5.5.1-reason-of-all-classes", "A reason with characters of one to four bytes", 1000, ClientFrame.Close(
            1000, "a\u00e9\u4f60\U0001f30d\U0010ffff")).Choosing(Echo);
        yield return Closes("5.5.1-reason-with-nul", "A reason that is NUL", 1000, ClientFrame.Close(1000, "\0")).Choosing(Echo);
        yield return Wire.Fails(
            "5.5.1-reason-of-124", "A reason of 124 bytes: a control frame of 126", 1002, ClientFrame.Close(1000, new string('r', 124)));
        const string badReason =
            "Section 5.5.1 requires UTF-8; by section 8.1, other text fails the connection, and 1007 is the code for that.";
        (string Id, byte[] Reason)[] reasons =
        [
            ("ff", [0xff]), ("lone-continuation", [0x61, 0x80]), ("overlong", [0xc0, 0xaf]), ("surrogate", [0xed, 0xa0, 0x80]),
            ("too-high", [0xf4, 0x90, 0x80, 0x80]),
            ("truncated-2", [0x61, 0xc3]), ("truncated-3", [0xe4, 0xbd]), ("truncated-4", [0xf0, 0x9f, 0x8c]),
        ];
        foreach ((string id, byte[] reason) in reasons)
        {
            yield return Wire.Fails(
                $"5.5.1-bad-reason-{id}",
                $"A reason that is not UTF-8: {Convert.ToHexStringLower(reason)}",
                1007,
                ClientFrame.Close(1000, reason)).Choosing(badReason);
        }

        byte[] cut = [.. Encoding.ASCII.GetBytes(new string('r', 122)), 0xc3];
        yield return Wire.Fails("5.5.1-bad-reason-cut-at-123", "A reason of 123 bytes whose last character is cut", 1007, ClientFrame.Close(
            1000, cut)).Choosing(badReason);
    }

    private static IEnumerable<ConformanceCase> BadPayloads()
    {
        foreach (byte value in (byte[])[0x00, 0x03, 0xe8, 0xff])
        {
            yield return Wire.Fails(
                $"5.5.1-payload-of-1-{value:x2}",
                $"A close frame whose payload is the byte {value:X2}",
                1002,
                ClientFrame.Close((byte[])[value]));
        }
    }

    private static IEnumerable<ConformanceCase> AfterClose()
    {
        yield return new(
            "5.5.1-text-after-close",
            "A close frame and a text message, in one write",
            "A close frame with 1000 and FIN; the message is ignored.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Close(1000), ClientFrame.Text("too late"));
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.5.1-ping-after-close",
            "A close frame and a ping, in one write",
            "A close frame with 1000 and FIN; the ping is ignored.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Close(1000), ClientFrame.Ping("too late"));
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.5.1-two-closes",
            "Two close frames, in one write",
            "One close frame, with the first one's code, and FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Close(1000), ClientFrame.Close(1001));
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.5.1-garbage-after-close",
            "A close frame and bytes that are not frames",
            "A close frame with 1000 and FIN; the rest is ignored.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync([.. ClientFrame.Close(1000).ToBytes(), .. Enumerable.Repeat((byte)0xff, 200)]);
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.5.1-fragment-then-close-then-rest",
            "A fragment, a close frame, and the last fragment",
            "A close frame with 1000 and FIN; the message is never whole.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("a", fin: false));
                await client.SendAsync(ClientFrame.Close(1000));
                await client.SendAsync(ClientFrame.Continuation("b"));
                await client.ExpectClosedAsync(1000);
            });
    }

    private static IEnumerable<ConformanceCase> BeforeClose()
    {
        yield return new(
            "5.5.1-message-before-close",
            "A text message and a close frame, in one write",
            "The echo, then the close frame, then FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("in time"), ClientFrame.Close(1000));
                await client.ExpectTextAsync("in time");
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "5.5.1-all-before-close",
            "Messages and pings, then a close frame, in one write",
            "Each is answered, then the close frame, then FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(
                    ClientFrame.Text("one"), ClientFrame.Ping("two"), ClientFrame.Binary(Wire.Bytes(300)), ClientFrame.Close(3000, "done"));
                await client.ExpectTextAsync("one");
                await client.ExpectPongAsync("two"u8.ToArray());
                await client.ExpectMessageAsync(Opcode.Binary, Wire.Bytes(300));
                await client.ExpectClosedAsync(3000);
            });
        yield return new(
            "5.5.1-large-message-before-close",
            "A message of 1 MiB and a close frame",
            "The whole echo, then the close frame, then FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                byte[] message = Wire.Bytes(1 << 20);
                Task sending = client.SendAsync(ClientFrame.Binary(message), ClientFrame.Close(1000));
                await client.ExpectMessageAsync(Opcode.Binary, message);
                await client.ExpectClosedAsync(1000);
                await sending;
            })
        {
            IsLarge = true,
        };
    }

    private static IEnumerable<ConformanceCase> AfterFailure()
    {
        yield return new("7.1.7-frames-after-failure", "A frame with a reserved opcode, then good messages and a close frame, in one write",
            "A close frame with 1002 and the end of TCP: everything after the failure is ignored.", static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(
                    new ClientFrame((Opcode)3, default), ClientFrame.Text("ignored"), ClientFrame.Ping("ignored"), ClientFrame.Close(1000));
                await client.ExpectFailureAsync(1002);
            });
        yield return new(
            "7.1.7-failure-within-other-writes",
            "A frame that is not masked, then 1 MiB more",
            "A close frame with 1002 arrives in spite of what is still being sent.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync([.. (ClientFrame.Text("bad") with { IsMasked = false }).ToBytes(), .. new byte[1 << 20]]);
                await client.ExpectFailureAsync(1002);
            })
        {
            Choice = "Section 7.1.1 asks for a clean end if possible: if the server keeps reading for a while, no reset destroys its "
                + "close frame.",
        };
        yield return new(
            "7.1.7-fin-after-failure",
            "A frame that is not masked, then FIN",
            "A close frame with 1002, then the end.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("bad") with { IsMasked = false });
                await client.Connection.EndOutputAsync();
                await client.ExpectFailureAsync(1002);
            });
        yield return new(
            "7.2.1-others-are-not-disturbed",
            "One connection fails while another is open",
            "The other still gets its echo.",
            static async context =>
            {
                WebSocketClient good = await context.OpenAsync();
                WebSocketClient bad = await context.OpenAsync();
                await bad.SendAsync(ClientFrame.Text((byte[])[0xff]));
                await bad.ExpectFailureAsync(1007);
                await good.ExpectOpenAsync();
            });
    }

    private static IEnumerable<ConformanceCase> Tcp()
    {
        yield return new(
            "5.5.1-close-byte-by-byte",
            "A close frame in writes of one byte",
            "A close frame with 4000 and FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.Connection.SendInPiecesAsync(ClientFrame.Close(4000, "slowly").ToBytes(), 1);
                await client.ExpectClosedAsync(4000);
            });
        yield return new(
            "7.1.1-server-ends-tcp-first",
            "A close frame; the client leaves TCP open",
            "The close frame, then FIN from the server, though the client sends none.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Close(1000));
                await client.ExpectClosedAsync(1000);
            });
        yield return new(
            "7.1.1-close-and-fin",
            "A close frame and FIN at once",
            "The close frame still comes, then FIN.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Close(1000));
                await client.Connection.EndOutputAsync();
                await client.ExpectClosedAsync(1000);
            });
    }

    private static IEnumerable<ConformanceCase> WithoutClose()
    {
        const string halfClosed =
            "By section 7.1.5, the code is 1006 for the server. Messages before FIN are answered; a close frame may come or not, "
            + "because the client may no longer read it.";
        yield return new("7.1.5-fin-without-close", "FIN without a close frame", "The server ends the connection.", static async context =>
        {
            WebSocketClient client = await context.OpenAsync();
            await client.Connection.EndOutputAsync();
            await ExpectEndAsync(client);
        })
        {
            Choice = halfClosed,
        };
        yield return new(
            "7.1.5-message-then-fin",
            "A text message, then FIN without a close frame",
            "The echo still comes, then the end.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("last words"));
                await client.Connection.EndOutputAsync();
                await client.ExpectTextAsync("last words");
                await ExpectEndAsync(client);
            })
        {
            Choice = halfClosed,
        };
        yield return new(
            "7.1.5-half-a-frame-then-fin",
            "Half a frame, then FIN",
            "The server ends the connection; half a message is none.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("half").ToBytes()[..8]);
                await client.Connection.EndOutputAsync();
                await ExpectEndAsync(client);
            })
        {
            Choice = halfClosed,
        };
        yield return new(
            "7.1.5-half-a-message-then-fin",
            "A first fragment, then FIN",
            "The server ends the connection; half a message is none.",
            static async context =>
            {
                WebSocketClient client = await context.OpenAsync();
                await client.SendAsync(ClientFrame.Text("half", fin: false));
                await client.Connection.EndOutputAsync();
                await ExpectEndAsync(client);
            })
        {
            Choice = halfClosed,
        };
    }

    private static async Task ExpectEndAsync(WebSocketClient client)
    {
        client.Connection.Context.Waiting = "the server did not end the TCP connection";
        int first = await client.Connection.ReadByteAsync();
        if (first < 0) return;
        if (first != 0x88) throw new CaseFailedException($"A frame that begins with {first:x2} came instead of the end or a close frame.");
        int length = await client.Connection.ReadByteAsync();
        await client.Connection.TryReadExactlyAsync(new byte[Math.Max(length, 0)]);
        await client.Connection.ExpectEndAsync(acceptsReset: true);
    }
}
