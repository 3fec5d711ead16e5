using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Model;

namespace WsAot.Generators.Templates;

/// <summary>Parses the templates of topics: <c>literal/{value}/{number:int}</c>.</summary>
internal static class TopicTemplateParser
{
    // The longest name of a topic. Each value takes one character at least.
    private const int LongestName = 255;

    private static readonly (string Name, TopicValueKind Kind)[] s_types =
    [
        ("string", TopicValueKind.Text),
        ("int", TopicValueKind.Int32),
        ("long", TopicValueKind.Int64),
        ("guid", TopicValueKind.Guid),
    ];

    public static TopicTemplate Parse(string text)
    {
        var errors = new List<TemplateError>();
        var segments = new List<TopicSegment>();
        foreach (string part in text.Split('/'))
        {
            if (ReadSegment(part, out TopicSegment? segment) is { } problem) errors.Add(new(TemplateErrorKind.Syntax, problem));
            else segments.Add(segment!);
        }

        if (segments.Sum(static segment => 1 + (segment.Value is null ? segment.Text.Length : 1)) - 1 > LongestName)
        {
            errors.Add(new(TemplateErrorKind.Syntax, $"the name of a topic has at most {LongestName} characters"));
        }

        errors.AddRange(segments
            .Where(static segment => segment.Value is not null)
            .GroupBy(static segment => segment.Text, StringComparer.Ordinal)
            .Where(static name => name.Skip(1).Any())
            .Select(static name => new TemplateError(TemplateErrorKind.DuplicateName, name.Key)));
        return new TopicTemplate(text, new(segments), new(errors));
    }

    private static string? ReadSegment(string part, out TopicSegment? segment)
    {
        segment = null;
        if (part.Length == 0)
        {
            return "it has an empty segment; the name of a topic begins and ends without '/', and has no '//' in it";
        }

        if (part.IndexOf('{') < 0 && part.IndexOf('}') < 0)
        {
            if (part.Any(char.IsControl)) return "it has a control character in it";
            segment = new(part, null);
            return null;
        }

        if (part[0] != '{' || part.IndexOf('}') != part.Length - 1 || part.LastIndexOf('{') != 0)
        {
            return $"'{part}' is neither text nor a value; a value is a segment of its own, '{{name}}' or '{{name:int}}'";
        }

        string[] words = part.Substring(1, part.Length - 2).Split(':');
        string type = words.Length == 1 ? "string" : words[1];
        if (words.Length > 2 || Array.FindIndex(s_types, known => known.Name == type) is var at && at < 0)
        {
            string known = string.Join(", ", s_types.Select(static known => known.Name));
            return $"'{part}' has an unknown type; it can be one of {known}";
        }

        if (!SyntaxFacts.IsValidIdentifier(words[0])) return $"'{words[0]}' is not the name of a C# parameter";
        segment = new(words[0], s_types[at].Kind);
        return null;
    }
}
