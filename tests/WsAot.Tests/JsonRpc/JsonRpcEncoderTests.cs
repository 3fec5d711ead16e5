using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WsAot.JsonRpc;

namespace WsAot.Tests.JsonRpc;

public sealed class JsonRpcEncoderTests : RpcTests
{
    private static readonly JsonWriterOptions s_ours = new() { Encoder = JsonRpcEncoder.Instance };
    private static readonly JsonWriterOptions s_theirs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_pieces =
    [
        "\u007F", "\u007F\u007F", "a", "text that is longer than a vector of any machine", "\"", "\\", "\n", "\u0001", "\u0080",
        "\u009F", "\u00E9", "\u2028", "\u0378", "\uFEFF", "\u4E2D", "\U0001F600", "<&'>",
    ];

    [Fact]
    public void The_one_character_that_may_stand_as_it_is_does()
    {
        string text = new('\u007F', 100);
        ExpectResult("Echo", $"[\"{text}\"]", $"\"{text}\"");
        ExpectResult("Echo", "[\"\\u007f\\u001f\\u0080\\u2028\"]", "\"\u007F\\u001F\\u0080\\u2028\"");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_else_is_as_the_encoder_of_the_system_writes_it(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            string expected = Write(s_theirs, writer => writer.WriteStringValue(text))
                .Replace("\\u007F", "\u007F", StringComparison.Ordinal);
            Assert.Equal(expected, Write(s_ours, writer => writer.WriteStringValue(text)));
            Assert.Equal(expected, Write(s_ours, writer => writer.WriteStringValue(Encoding.UTF8.GetBytes(text))));
            Assert.Equal(expected, $"\"{JsonRpcEncoder.Instance.Encode(text)}\"");
            Assert.Equal(text, JsonSerializer.Deserialize(expected, RpcJson.Default.String));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_destination_that_is_too_small_is_filled_and_the_rest_comes_later(int room)
    {
        byte[] source = "a\u007F\u007Fb\"c\u007F\u2028"u8.ToArray();
        byte[] destination = new byte[room + 5];
        var written = new List<byte>();
        OperationStatus status;
        int at = 0;
        do
        {
            status = JsonRpcEncoder.Instance.EncodeUtf8(source.AsSpan(at), destination, out int consumed, out int length);
            written.AddRange(destination[..length]);
            at += consumed;
        }
        while (status == OperationStatus.DestinationTooSmall);
        Assert.Equal(OperationStatus.Done, status);
        Assert.Equal("a\u007F\u007Fb\\\"c\u007F\\u2028", Encoding.UTF8.GetString(written.ToArray()));
    }

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
