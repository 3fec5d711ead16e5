using System.Globalization;
using System.Text;

namespace WsAot.Generators.Text;

/// <summary>
/// A copy of the naming policies of System.Text.Json, on which a generator cannot rely. A test compares each with the original.
/// </summary>
internal static class NamingPolicies
{
    public static string Apply(this NamingPolicy policy, string name) => policy switch
    {
        NamingPolicy.CamelCase => CamelCase(name),
        NamingPolicy.SnakeCaseLower => Words(name, '_', upper: false),
        NamingPolicy.SnakeCaseUpper => Words(name, '_', upper: true),
        NamingPolicy.KebabCaseLower => Words(name, '-', upper: false),
        NamingPolicy.KebabCaseUpper => Words(name, '-', upper: true),
        _ => name,
    };

    /// <summary>
    /// Turns leading upper-case letters into lower case, except for one that begins the next word: <c>URLValue</c> becomes <c>urlValue</c>.
    /// </summary>
    public static string CamelCase(string name)
    {
        char[] letters = name.ToCharArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1])) break;
            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    /// <summary>
    /// Inserts the separator before each word. A word begins with an upper-case letter after a lower-case letter or digit, or with the last
    /// of several upper-case letters if a lower-case letter follows.
    /// </summary>
    private static string Words(string name, char separator, bool upper)
    {
        var text = new StringBuilder();
        UnicodeCategory? before = null;
        for (int i = 0; i < name.Length; i++)
        {
            UnicodeCategory category = char.GetUnicodeCategory(name[i]);
            bool nextIsLower = i + 1 < name.Length && char.IsLower(name[i + 1]);
            bool beginsWord = category == UnicodeCategory.UppercaseLetter
                && (before is UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber
                    || (before == UnicodeCategory.UppercaseLetter && nextIsLower));
            if (beginsWord) text.Append(separator);
            text.Append(category switch
            {
                UnicodeCategory.UppercaseLetter when !upper => char.ToLowerInvariant(name[i]),
                UnicodeCategory.LowercaseLetter when upper => char.ToUpperInvariant(name[i]),
                _ => name[i],
            });
            before = category;
        }

        return text.ToString();
    }
}
