using WsAot.Routing;

namespace WsAot.Topics;

/// <summary>The options of the topics whose names match a template. Immutable.</summary>
internal sealed class TopicRule
{
    private readonly string?[] _segments;   // null matches any segment

    /// <param name="template">The template of the names.</param>
    /// <param name="options">The options of these topics.</param>
    /// <param name="format">The format of messages and presence for clients; null to send messages as they are published.</param>
    /// <exception cref="ArgumentException">The template is not valid.</exception>
    public TopicRule(string template, WsTopicOptions options, ITopicFormat? format = null)
    {
        (Template, Options, Format) = (template, options, format);
        _segments = Array.ConvertAll(template.Split('/'), segment => Parse(segment, template));
    }

    public string Template { get; }

    public WsTopicOptions Options { get; }

    public ITopicFormat? Format { get; }

    public bool KeepsMessages => Options.History > 0;

    /// <summary>The rule of a topic. If several match, the one with a literal segment at the first difference wins.</summary>
    /// <returns>Null if no rule matches.</returns>
    public static TopicRule? Find(IReadOnlyList<TopicRule> rules, string topic)
    {
        TopicRule? best = null;
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Matches(topic) && (best is null || rules[i].IsMoreLiteralThan(best))) best = rules[i];
        }

        return best;
    }

    /// <summary>Whether the templates differ only in the names of their parameters.</summary>
    public bool MatchesTheSameAs(TopicRule other) => _segments.AsSpan().SequenceEqual(other._segments);

    /// <summary>Whether it matches every name that another rule matches.</summary>
    public bool Covers(TopicRule other)
    {
        if (_segments.Length != other._segments.Length) return false;
        for (int i = 0; i < _segments.Length; i++)
        {
            if (_segments[i] is { } literal && literal != other._segments[i]) return false;
        }

        return true;
    }

    /// <summary>Finds the parameter values in the name of a matching topic.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="values">Gets the ranges of the values. It must be long enough.</param>
    /// <returns>The number of values.</returns>
    public int FindValues(ReadOnlySpan<char> topic, Span<Range> values)
    {
        int count = 0, start = 0;
        foreach (string? segment in _segments)
        {
            int length = topic[start..].IndexOf('/');
            int end = length < 0 ? topic.Length : start + length;
            if (segment is null) values[count++] = start..end;
            start = end + 1;
        }

        return count;
    }

    private static string? Parse(string segment, string template)
    {
        if (segment.Length > 2 && segment[0] == '{' && segment[^1] == '}' && segment.AsSpan(1, segment.Length - 2).IndexOfAny('{', '}') < 0)
        {
            return null;
        }

        return segment.Length > 0 && segment.AsSpan().IndexOfAny('{', '}') < 0
            ? segment
            : throw new ArgumentException($"'{template}' is not a topic template such as chat/{{room}}: segment '{segment}' is invalid.");
    }

    private bool Matches(string topic)
    {
        ReadOnlySpan<char> rest = topic;
        for (int i = 0; i < _segments.Length; i++)
        {
            int end = rest.IndexOf('/');
            bool isLast = i == _segments.Length - 1;
            if (isLast != (end < 0)) return false;
            ReadOnlySpan<char> segment = isLast ? rest : rest[..end];
            if (segment.IsEmpty || (_segments[i] is { } literal && !segment.SequenceEqual(literal))) return false;
            if (!isLast) rest = rest[(end + 1)..];
        }

        return true;
    }

    private bool IsMoreLiteralThan(TopicRule other)
    {
        // Both match the same name, so they have the same number of segments, and literal segments in the same place are equal.
        for (int i = 0; i < _segments.Length; i++)
        {
            if (_segments[i] is null != other._segments[i] is null) return _segments[i] is not null;
        }

        return false;
    }
}
