using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Text;

/// <summary>Writes C# identifiers and literals.</summary>
internal static class CSharpText
{
    /// <summary>The name, with an @ if it is a keyword or a contextual keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    /// <summary>A string literal with the value <paramref name="value"/>. Letters of all scripts stay readable.</summary>
    public static string StringLiteral(string value)
    {
        // A fast path: nearly all values are plain names.
        if (IsPlain(value)) return "\"" + value + "\"";
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
            {
                text.Append(c);
            }
            else if (char.IsSurrogatePair(value, i))
            {
                text.Append("\\U").Append(char.ConvertToUtf32(value, i).ToString("X8", CultureInfo.InvariantCulture));
                i++;
            }
            else
            {
                text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return text.Append('"').ToString();
    }

    private static bool IsPlain(string value)
    {
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' or '"' or '\\') return false;
        }

        return true;
    }

    /// <summary>A literal for a byte, as a case label needs it.</summary>
    public static string ByteLiteral(byte value) => value switch
    {
        (byte)'\'' or (byte)'\\' => $"(byte)'\\{(char)value}'",
        >= (byte)' ' and <= (byte)'~' => $"(byte)'{(char)value}'",
        _ => "0x" + value.ToString("X2", CultureInfo.InvariantCulture),
    };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The word with its first letter in upper case.</summary>
    public static string Capitalized(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1);
}
