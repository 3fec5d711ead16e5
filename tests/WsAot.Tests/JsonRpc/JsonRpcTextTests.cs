using System.Text;
using System.Text.Json;
using WsAot.JsonRpc;

namespace WsAot.Tests.JsonRpc;

public sealed class JsonRpcTextTests
{
    private static readonly string[] s_pieces =
        ["\\ud800", "\\uDBFF", "\\udc00", "\\uDFFF", "\\u0041", "\\n", "\\\\", "u", "d800", "\\\"", "\u00E9", "\U0001F600"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_string_is_Unicode_text_where_the_reader_takes_it(int seed)
    {
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            string escaped = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            bool isUnicode = IsTaken(escaped);
            if (!isUnicode) refused++;
            Assert.Equal(isUnicode, JsonRpcText.IsUnicode(Encoding.UTF8.GetBytes(escaped)));
        }

        Assert.InRange(refused, 1000, 4000);
    }

    private static bool IsTaken(string escaped)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{escaped}\""));
        reader.Read();
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
