namespace WsAot.Architecture.Tests.Tidy;

/// <summary>A file is about one thing.</summary>
internal static class FileLength
{
    public const int Max = 300;

    public static IEnumerable<(int Line, string Message)> Check(SourceFile file)
    {
        int length = file.Text.AsSpan().Count('\n');
        if (length > Max) yield return (length, $"{length} lines, {Max} are allowed");
    }
}
