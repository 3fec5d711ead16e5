using System.Text;

namespace WsAot.Nats.Subjects;

/// <summary>The subjects and streams of one prefix.</summary>
/// <param name="prefix">The prefix, checked by <see cref="IsPrefix"/>.</param>
internal sealed class SubjectNames(string prefix)
{
    private const int MaxPrefixLength = 32;

    public string Prefix { get; } = prefix;

    /// <summary>
    /// Whether a text is a valid prefix. Its form ensures that no other prefix's stream has a name that begins with this one and a double
    /// hyphen.
    /// </summary>
    public static bool IsPrefix(string prefix)
    {
        if (prefix.Length is 0 or > MaxPrefixLength || prefix.EndsWith('-')) return false;
        if (prefix.Contains("--", StringComparison.Ordinal)) return false;
        foreach (char one in prefix)
        {
            if (!char.IsAsciiLetterOrDigit(one) && one is not ('_' or '-')) return false;
        }

        return true;
    }

    /// <summary>
    /// Encodes the template of a rule: <c>chat/{room}</c> becomes <c>chat-_</c>. Each byte of any other character than a letter or digit
    /// becomes <c>_</c> and two hexadecimal digits.
    /// </summary>
    public static string RuleName(string template)
    {
        var text = new StringBuilder();
        foreach (string segment in template.Split('/'))
        {
            if (text.Length > 0) text.Append('-');
            if (segment.StartsWith('{')) text.Append('_');
            else AppendLiteral(text, segment);
        }

        return text.ToString();
    }

    /// <summary>The subject of a topic without history.</summary>
    public string TopicOf(string topic) => $"{Prefix}.t.{TopicEncoding.Encode(topic)}";

    /// <summary>The subject of a topic's presence.</summary>
    public string PresenceOf(string topic) => $"{Prefix}.p.{TopicEncoding.Encode(topic)}";

    /// <summary>The subject on which servers announce that they are alive.</summary>
    public string Nodes => $"{Prefix}.n";

    /// <summary>The subject to publish to a topic with history: the stream stores its messages.</summary>
    public string HistoryOf(string rule, string topic) => $"{Prefix}.h.{rule}.{TopicEncoding.Encode(topic)}";

    /// <summary>The subjects of all topics of a rule.</summary>
    public string HistoryOf(string rule) => $"{Prefix}.h.{rule}.>";

    /// <summary>The subject on which the stream publishes the stored messages of a topic.</summary>
    public string LiveOf(string rule, string topic) => $"{Prefix}.l.{rule}.{TopicEncoding.Encode(topic)}";

    /// <summary>The subjects on which the stream publishes all topics of a rule.</summary>
    public string LiveOf(string rule) => $"{Prefix}.l.{rule}.>";

    /// <summary>The stream of a rule.</summary>
    public string StreamOf(string rule) => $"{Prefix}--{rule}";

    private static void AppendLiteral(StringBuilder text, string segment)
    {
        foreach (byte one in Encoding.UTF8.GetBytes(segment))
        {
            if (char.IsAsciiLetterOrDigit((char)one)) text.Append((char)one);
            else text.Append('_').Append(Convert.ToHexString([one]));
        }
    }
}
