using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Model;

namespace WsAot.Generators.Templates;

/// <summary>Parses templates: <c>/literal/{parameter}/{*rest}</c>.</summary>
internal static class TemplateParser
{
    public static Template Parse(string text)
    {
        var errors = new List<TemplateError>();
        var segments = new List<TemplateSegment>();
        if (text.Length == 0 || text[0] != '/') errors.Add(Syntax("it must begin with '/'"));
        else ReadSegments(text.Substring(1).Split('/'), segments, errors);
        AddDuplicateNames(segments, errors);
        return new Template(text, new(segments), new(errors));
    }

    private static void ReadSegments(string[] parts, List<TemplateSegment> segments, List<TemplateError> errors)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (parts[i].Length == 0 && !last)
            {
                errors.Add(Syntax("it has an empty segment ('//'); only the last segment can be empty"));
            }
            else if (ReadSegment(parts[i], out TemplateSegment? segment) is { } problem)
            {
                errors.Add(Syntax(problem));
            }
            else if (segment!.Kind == SegmentKind.CatchAll && !last)
            {
                errors.Add(Syntax($"'{{*{segment.Text}}}' takes all that follows, so it must be the last segment"));
            }
            else
            {
                segments.Add(segment);
            }
        }
    }

    private static string? ReadSegment(string part, out TemplateSegment? segment)
    {
        segment = null;
        if (part.IndexOf('{') < 0 && part.IndexOf('}') < 0)
        {
            if (ReadLiteral(part, out string literal) is { } problem) return problem;
            segment = new(SegmentKind.Literal, literal);
            return null;
        }

        if (part.Count(static c => c == '{') != part.Count(static c => c == '}'))
        {
            return $"'{part}' has a brace without its partner; a brace that is meant as text is written %7B or %7D";
        }

        if (part[0] != '{' || part.IndexOf('}') != part.Length - 1 || part.LastIndexOf('{') != 0)
        {
            return $"'{part}' mixes text and a parameter, or two parameters; a parameter is a segment of its own";
        }

        bool catchAll = part[1] == '*';
        string name = catchAll ? part.Substring(2, part.Length - 3) : part.Substring(1, part.Length - 2);
        if (!SyntaxFacts.IsValidIdentifier(name)) return InvalidName(part, name);
        segment = new(catchAll ? SegmentKind.CatchAll : SegmentKind.Parameter, name);
        return null;
    }

    private static string InvalidName(string part, string name)
    {
        if (name.Length == 0) return $"'{part}' has no name; it must be that of a C# parameter";
        if (name.IndexOf(':') > 0)
        {
            return $"'{part}' has a constraint; the type of the C# parameter is the constraint, so write the name alone";
        }

        if (name[name.Length - 1] == '?')
        {
            return $"'{part}' is optional, which only '{{*rest}}' can be; give the shorter path a handler of its own";
        }

        return $"'{name}' is not the name of a C# parameter";
    }

    private static string? ReadLiteral(string part, out string literal)
    {
        literal = "";
        if (part.IndexOf('?') >= 0 || part.IndexOf('#') >= 0)
        {
            return $"'{part}' has a '?' or '#', where a path ends; take the query from the WsRequest";
        }

        if (!PercentEncoding.TryDecode(part, out literal))
        {
            return $"'{part}' is not percent-encoded UTF-8: '%' is followed by two hexadecimal digits, and is itself written %25";
        }

        if (literal.IndexOf('\0') >= 0) return $"'{part}' has a NUL, which the server refuses in every path";
        // RFC 3986 section 5.2.4: clients remove dot segments from a path before they send it, even if they are percent-encoded.
        if (literal is "." or "..") return $"'{part}' is a segment that clients remove from a path, so that it can never match";
        return null;
    }

    private static void AddDuplicateNames(List<TemplateSegment> segments, List<TemplateError> errors) =>
        errors.AddRange(segments
            .Where(static segment => segment.Kind != SegmentKind.Literal)
            .GroupBy(static segment => segment.Text, StringComparer.Ordinal)
            .Where(static name => name.Skip(1).Any())
            .Select(static name => new TemplateError(TemplateErrorKind.DuplicateName, name.Key)));

    private static TemplateError Syntax(string detail) => new(TemplateErrorKind.Syntax, detail);
}
