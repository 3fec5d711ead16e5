using System.Text;
using System.Text.Json;

namespace WsAot.Tests.JsonRpc;

/// <summary>Messages that are nearly right: pieces of good ones are doubled, left out, exchanged and put into others.</summary>
public sealed class MutationTests : RpcTests
{
    private static readonly string[] s_messages =
    [
        Request("subtract", "[42,23]"),
        Request("subtract", """{"minuend":42,"subtrahend":23}""", "\"\\u0061\\ud83d\\ude00\""),
        Request("Mirror", """{"point":{"x":1,"y":-2e1}}""", "null"),
        Request("Echo", "[\"\\\"\\\\\\u00e9\"]"),
        Request("Defaults", "[1,null,3]"),
        Request("Ask"),
        Request("items", "[]", "7"),
        Notification("notify_hello", "[7]"),
        Notification("$/cancelRequest", """{"id":7}"""),
        Result("{\"a\":[1]}", "\"s1\""),
        Error(-32601, "Method not found", "\"s2\"", "[true]"),
        $"[{Request("sum", "[1,2,4]")},{Notification("none")},1,{{}}]",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_comes_is_answered_in_JSON_or_ignored_and_nothing_of_ours_throws(int seed)
    {
        var random = new Random(seed);
        Script.Items = static _ => AsyncEnumerable.Repeat("item", 2);
        int answered = 0;
        for (int i = 0; i < 3000; i++)
        {
            // Asked anew now and then, so that answers of the kind that the client gives find somebody.
            if (i % 100 == 0) _ = Script.Client.Count();
            Client.Say(Mutate(random));
            while (Client.TryNext() is { } frame)
            {
                Assert.Equal(1, frame.Opcode);
                using JsonDocument answer = JsonDocument.Parse(frame.Payload);
                answered++;
            }
        }

        Assert.True(answered > 1000, $"{answered} answers");
        Assert.Empty(Server.Log.Errors);
        Expect(Request("sum", "[1,2,4]"), Result("7"));
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Pick(random));
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int start = random.Next(text.Length);
            int length = random.Next(Math.Min(12, text.Length - start));
            string other = Pick(random);
            int from = random.Next(other.Length);
            string piece = other.Substring(from, random.Next(Math.Min(12, other.Length - from)));
            switch (random.Next(4))
            {
                case 0: text.Remove(start, length); break;
                case 1: text.Insert(start, text.ToString(start, length)); break;
                case 2: text.Insert(start, piece); break;
                default: text[start] = (char)random.Next(0x20, 0x7F); break;
            }

            if (text.Length == 0) text.Append('{');
        }

        return text.ToString();
    }

    private static string Pick(Random random) => s_messages[random.Next(s_messages.Length)];
}
