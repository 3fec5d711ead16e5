using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes documentation comments of C#.</summary>
internal static class CSharpComment
{
    /// <summary>Writes a summary; nothing if there are no sentences.</summary>
    public static SourceWriter Summary(this SourceWriter writer, params string?[] sentences)
    {
        string text = string.Join(" ", sentences.Where(static sentence => !string.IsNullOrEmpty(sentence)));
        return text.Length == 0 ? writer : writer.Line($"/// <summary>{Escaped(text)}</summary>");
    }

    public static SourceWriter Parameter(this SourceWriter writer, string name, string? summary) =>
        summary is null ? writer : writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{Escaped(summary)}</param>");

    public static SourceWriter Returns(this SourceWriter writer, string? summary) =>
        summary is null ? writer : writer.Line($"/// <returns>{Escaped(summary)}</returns>");

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", "").Replace("\n", " ");
}
