using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes comments and blocks in the style of TypeScript.</summary>
internal static class TypeScriptComment
{
    /// <summary>Writes a documentation comment; nothing if there are no lines.</summary>
    public static SourceWriter Comment(this SourceWriter writer, IReadOnlyList<string?> lines)
    {
        string[] said = [.. lines.Where(static line => line is not null).Select(static line => line!.Replace("*/", "*\\/"))];
        if (said.Length == 0) return writer;
        if (said.Length == 1) return writer.Line($"/** {said[0]} */");
        writer.Line("/**");
        foreach (string line in said) writer.Line(" * " + line);
        return writer.Line(" */");
    }

    /// <summary>Writes a block whose opening brace is on the line of its head.</summary>
    public static SourceWriter Braces(this SourceWriter writer, string head, Action content, string end = "}") =>
        writer.Line(head.Length == 0 ? "{" : head + " {").Indented(content).Line(end);
}
