namespace WsAot.Architecture.Tests.Tidy;

/// <summary>Lines end with a line feed alone, the last one too, and are indented by spaces.</summary>
internal static class WhiteSpace
{
    public static IEnumerable<(int Line, string Message)> Check(SourceFile file)
    {
        for (int i = 0; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].Contains('\r', StringComparison.Ordinal)) yield return (i + 1, "a carriage return");
            if (file.Lines[i].Contains('\t', StringComparison.Ordinal)) yield return (i + 1, "a tab");
            if (file.Lines[i].EndsWith(' ')) yield return (i + 1, "a space at the end");
        }

        if (file.Lines[^1] != "")
        {
            yield return (file.Lines.Length, "no line feed at the end of the file");
        }
        else if (file.Lines.Length > 1 && file.Lines[^2] == "")
        {
            yield return (file.Lines.Length - 1, "an empty line at the end of the file");
        }
    }
}
