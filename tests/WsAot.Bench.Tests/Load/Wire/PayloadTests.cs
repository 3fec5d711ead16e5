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
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1024)]
    [InlineData(256 * 1024)]
    public void Ascii_is_text_of_the_length_without_a_letter_of_several_bytes(int length)
    {
        (Opcode opcode, byte[] ascii) = Payload.Of("ascii", length);
        Assert.Equal((Opcode.Text, length), (opcode, ascii.Length));
        Assert.True(System.Text.Ascii.IsValid(ascii));
    }

    [Fact]
    public void Every_kind_has_a_message_and_its_answer_and_only_a_call_is_not_answered_by_itself()
    {
        foreach (string kind in Payload.Kinds)
        {
            byte[] message = Payload.Of(kind, 1024).Bytes;
            Assert.Equal(kind != "rpc", Payload.AnswerTo(kind, message) == message);
        }
    }

    [Fact]
    public void A_call_is_answered_by_the_sum_with_its_id()
    {
        byte[] request = Payload.Of("rpc", 64).Bytes;
        JsonElement call = JsonDocument.Parse(request).RootElement;
        JsonElement answer = JsonDocument.Parse(Payload.AnswerTo("rpc", request)).RootElement;
        Assert.Equal(
            call.GetProperty("params")[0].EnumerateArray().Sum(number => number.GetInt32()), answer.GetProperty("result").GetInt32());
        Assert.Equal(call.GetProperty("id").GetInt32(), answer.GetProperty("id").GetInt32());
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
