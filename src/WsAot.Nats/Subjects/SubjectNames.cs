using System.Text;

namespace WsAot.Nats.Subjects;

/// <summary>The subjects and streams of one prefix.</summary>
/// <param name="prefix">The prefix, in which <see cref="IsPrefix"/> has found nothing wrong.</param>
internal sealed class SubjectNames(string prefix)
{
    private const int MaxPrefixLength = 32;

    public string Prefix { get; } = prefix;

    /// <summary>Whether it can be a prefix: no other one's streams have names that begin with it and a double hyphen.</summary>
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
    /// What stands for the template of a rule: <c>chat/{room}</c> is <c>chat-_</c>. Whatever is neither letter nor digit is <c>_</c> and
    /// two hexadecimal digits for each byte.
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

    /// <summary>What is published to a topic without history.</summary>
    public string TopicOf(string topic) => $"{Prefix}.t.{TopicEncoding.Encode(topic)}";

    /// <summary>What servers say of who is in a topic.</summary>
    public string PresenceOf(string topic) => $"{Prefix}.p.{TopicEncoding.Encode(topic)}";

    /// <summary>Where servers say that they live.</summary>
    public string Nodes => $"{Prefix}.n";

    /// <summary>What is published to a topic with history: the stream keeps it.</summary>
    public string HistoryOf(string rule, string topic) => $"{Prefix}.h.{rule}.{TopicEncoding.Encode(topic)}";

    /// <summary>All topics of a rule.</summary>
    public string HistoryOf(string rule) => $"{Prefix}.h.{rule}.>";

    /// <summary>Where the stream publishes what it has kept.</summary>
    public string LiveOf(string rule, string topic) => $"{Prefix}.l.{rule}.{TopicEncoding.Encode(topic)}";

    /// <summary>All topics of a rule, as they are published by the stream.</summary>
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
