using System.Text;
using System.Text.RegularExpressions;

namespace WsAot.Fuzz.Extensions;

/// <summary>The grammar of Sec-WebSocket-Extensions (RFC 6455 section 9.1) as a regular expression, and the offers in a text.</summary>
internal sealed partial class NaiveOffers
{
    private const string Token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private const string Value = "(?:(?<value>" + Token + ")|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\")";

    /// <summary>The offers up to where the text is malformed.</summary>
    public List<(string Name, List<(string Name, string Value)> Parameters)> Offers { get; } = [];

    public bool IsMalformed { get; private set; }

    public static NaiveOffers Parse(ReadOnlySpan<byte> value)
    {
        var offers = new NaiveOffers();
        string text = Encoding.Latin1.GetString(value);
        int at = 0;
        while (true)
        {
            at += Separators().Match(text, at).Length;
            if (at == text.Length) return offers;
            Match match = Offer().Match(text, at);
            if (!match.Success)
            {
                offers.IsMalformed = true;
                return offers;
            }

            var parameters = new List<(string, string)>();
            foreach (Capture capture in match.Groups["parameter"].Captures)
            {
                Match parameter = Parameter().Match(capture.Value);
                // Section 9.1: a quoted value must be a token once it is unescaped.
                bool isQuoted = parameter.Groups["quoted"].Success;
                string unquoted = isQuoted ? Escape().Replace(parameter.Groups["quoted"].Value, "$1") : parameter.Groups["value"].Value;
                if (isQuoted && !WholeToken().IsMatch(unquoted))
                {
                    offers.IsMalformed = true;
                    return offers;
                }

                parameters.Add((parameter.Groups["name"].Value, unquoted));
            }

            offers.Offers.Add((match.Groups["extension"].Value, parameters));
            at += match.Length;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, List<(string Name, string Value)> parameters) in Offers)
        {
            text.Append(name);
            foreach ((string parameter, string value) in parameters) text.Append(" ; ").Append(parameter).Append(" = ").Append(value);
            text.Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex("\\G[ \\t,]*", RegexOptions.Singleline)]
    private static partial Regex Separators();

    [GeneratedRegex(
        "\\G(?<extension>" + Token + ")(?:[ \\t]*;[ \\t]*(?<parameter>" + Token + "[ \\t]*(?:=[ \\t]*" + Value + ")?)?)*[ \\t]*(?=,|\\z)",
        RegexOptions.Singleline)]
    private static partial Regex Offer();

    [GeneratedRegex("\\A(?<name>" + Token + ")[ \\t]*(?:=[ \\t]*" + Value + ")?\\z", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex("\\\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex("\\A" + Token + "\\z")]
    private static partial Regex WholeToken();
}
