using System.Text;
using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Extensions;

/// <summary>Makes values of Sec-WebSocket-Extensions.</summary>
internal static class ExtensionGenerator
{
    private static readonly string[] s_names =
    [
        "permessage-deflate", "permessage-deflate", "permessage-deflate", "x", "Permessage-Deflate", "permessage-bzip2", "a b", "",
        "\u00e9",
    ];

    private static readonly string[] s_parameters =
    [
        "server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits",
        "server_max_window_bits",
        "client_max_window_bits", "x", "Client_max_window_bits", "",
    ];

    private static readonly string[] s_values =
    [
        "8", "9", "10", "11", "12", "13", "14", "15", "7", "16", "08", "0", "1", "100", "\"10\"", "\"1\\5\"", "\"\\1\\2\"", "\"\"", "\"",
        "\"a b\"", "\"8", "\"8\\", "\"\\\"\"", "+8", "a", "",
    ];

    private static readonly string[] s_spaces = [" ", "\t", "  ", " \t "];

    public static byte[] Generate(FuzzRandom random)
    {
        var text = new StringBuilder(".");
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            bool isNameGood = !random.OneIn(4);
            text.Append(isNameGood ? s_names[0] : random.Pick(s_names));
            for (int j = random.Next(4); j > 0; j--) AddParameter(text, random);
            if (i > 1) text.Append(random.Next(8) switch { 0 => "\n", 1 => ",,", 2 => " , ", 3 => ",\t,", _ => ", " });
        }

        if (random.OneIn(20)) text.Append(random.Pick([",", ";", " ", "=", "\"", "; "]));
        byte[] bytes = Encoding.Latin1.GetBytes(text.ToString());
        bytes[0] = random.NextByte();
        return bytes;
    }

    private static void AddParameter(StringBuilder text, FuzzRandom random)
    {
        text.Append(Space(random)).Append(';').Append(random.OneIn(4) ? Space(random) : " ");
        int kind = random.OneIn(8) ? random.Next(s_parameters.Length) : random.Next(6);
        text.Append(s_parameters[kind]);
        // A value, mostly where it belongs, and mostly legal.
        if (random.OneIn(12) || kind is 2 or 4 || (kind is 3 or 5 && random.OneIn(2)))
        {
            text.Append(Space(random))
                .Append('=')
                .Append(Space(random))
                .Append(random.OneIn(3) ? random.Pick(s_values) : s_values[random.Next(8)]);
        }
    }

    private static string Space(FuzzRandom random) => random.OneIn(6) ? random.Pick(s_spaces) : "";
}
