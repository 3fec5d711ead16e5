using System.Text;

namespace WsAot.Bench.Load.Wire;

/// <summary>The payloads of messages: the same bytes in every run.</summary>
internal static class Payload
{
    private const int MinJsonBytes = 200;

    // 64 bytes of UTF-8: 55 ASCII characters and one each of 2, 3 and 4 bytes, so a seventh of the bytes is not ASCII.
    private const string Phrase = "A caf\u00E9 at noon, 2 \u20AC for two, \"see you there\" \U0001F600 and so on. ";

    /// <summary>The kinds of messages; that of a JSON-RPC call has a length of its own.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["binary", "text", "ascii", "json", "rpc"];

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static (Opcode Opcode, byte[] Bytes) Of(string kind, int length) => kind switch
    {
        "binary" => (Opcode.Binary, Binary(length)),
        "text" => (Opcode.Text, Text(length)),
        "ascii" => (Opcode.Text, Ascii(length)),
        "json" => (Opcode.Text, Json(length)),
        "rpc" => (Opcode.Text, RpcRequest),
        _ => throw new ArgumentException($"There is no message of kind '{kind}'.", nameof(kind)),
    };

    /// <summary>The server's answer to a message: the same bytes, or the result of the call.</summary>
    public static byte[] AnswerTo(string kind, byte[] message) => kind == "rpc" ? RpcResponse : message;

    private static byte[] RpcRequest => """{"jsonrpc":"2.0","method":"Sum","params":[[1,2,3]],"id":1}"""u8.ToArray();

    private static byte[] RpcResponse => """{"jsonrpc":"2.0","result":6,"id":1}"""u8.ToArray();

    /// <summary>JSON, which is ASCII only. A short payload is only the beginning of a JSON text.</summary>
    public static byte[] Ascii(int length) => Json(Math.Max(length, MinJsonBytes)).AsSpan(0, length).ToArray();

    public static byte[] Binary(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The phrase again and again; a character that does not fit whole at the end is replaced by dots.</summary>
    public static byte[] Text(int length)
    {
        byte[] phrase = Encoding.UTF8.GetBytes(Phrase);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = phrase[i % phrase.Length];
        if (IsContinuation(phrase[length % phrase.Length]))
        {
            int i = length - 1;
            while (IsContinuation(bytes[i])) bytes[i--] = (byte)'.';
            bytes[i] = (byte)'.';
        }

        return bytes;
    }

    /// <summary>JSON such as services exchange: an array of records with names that repeat and values that do not.</summary>
    public static byte[] Json(int length)
    {
        const string End = "],\"note\":\"";
        Random random = new(1);
        StringBuilder json = new("{\"type\":\"trades\",\"items\":[");
        for (int id = 1000; ; id++)
        {
            string comma = id == 1000 ? "" : ",";
            string price = $"{random.Next(10, 500)}.{random.Next(10, 100)}";
            string side = random.Next(2) == 0 ? "buy" : "sell";
            string item =
                $$"""{{comma}}{"id":{{id}},"symbol":"{{Symbol(random)}}","price":{{price}},"""
                + $"\"quantity\":{random.Next(1, 1000)},\"side\":\"{side}\"}}";
            if (json.Length + item.Length + End.Length + 2 > length) break;
            json.Append(item);
        }

        json.Append(End);
        if (json.Length + 2 > length) throw new FormatException($"JSON of {length} bytes is too short.");
        while (json.Length + 2 < length) json.Append("the rest ".AsSpan(0, Math.Min(9, length - 2 - json.Length)));
        return Encoding.ASCII.GetBytes(json.Append("\"}").ToString());
    }

    private static string Symbol(Random random) => string.Create(4, random, static (letters, random) =>
    {
        for (int i = 0; i < letters.Length; i++) letters[i] = (char)('A' + random.Next(26));
    });

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
