using System.Text;
using System.Text.Json;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Tests.Load.Wire;

public sealed class PayloadTests
{
    [Fact]
    public void Text_of_every_length_is_valid_UTF_8_of_that_length()
    {
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        for (int length = 1; length < 300; length++)
        {
            byte[] text = Payload.Text(length);
            Assert.Equal(length, text.Length);
            _ = strict.GetString(text);
        }
    }

    [Fact]
    public void Text_has_a_character_of_each_length_in_64_bytes()
    {
        string text = Encoding.UTF8.GetString(Payload.Text(64));
        Assert.Equal([1, 2, 3, 4], text.EnumerateRunes().Select(rune => rune.Utf8SequenceLength).Distinct().Order());
        Assert.Equal(55, text.Count(char.IsAscii));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1024)]
    [InlineData(4099)]
    public void Json_is_json_of_the_length(int length)
    {
        byte[] json = Payload.Json(length);
        Assert.Equal(length, json.Length);
        Assert.True(JsonDocument.Parse(json).RootElement.GetProperty("items").GetArrayLength() > 0);
    }
}
