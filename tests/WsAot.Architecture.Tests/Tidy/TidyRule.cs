namespace WsAot.Architecture.Tests.Tidy;

/// <summary>A rule of layout that the compiler does not know.</summary>
/// <param name="Name">Its name in <see cref="TidyExceptions"/>.</param>
/// <param name="Check">What breaks it in a file: a line and what is wrong there.</param>
/// <param name="Folders">Where it holds.</param>
internal sealed record TidyRule(string Name, Func<SourceFile, IEnumerable<(int Line, string Message)>> Check, params string[] Folders)
{
    private static readonly string[] s_everywhere = ["src", "generators", "tests"];

    public static TidyRule[] All { get; } =
    [
        new("line width", LineWidth.Check, s_everywhere),
        new("embedded statements", EmbeddedStatements.Check, s_everywhere),
        new("if/else braces", BranchBraces.Check, s_everywhere),
        new("member length", MemberLength.Check, s_everywhere),
        new("file length", FileLength.Check, "src", "generators"),
        new("test names", TestNames.Check, "tests"),
        new("white space", WhiteSpace.Check, s_everywhere),
        new("unfinished work", UnfinishedWork.Check, s_everywhere),
    ];

    /// <summary>What breaks the rule, by file; files that are excepted included.</summary>
    public IEnumerable<(string Path, string Message)> Violations() =>
        from folder in Folders
        from file in Repository.Sources(folder)
        from violation in Check(file)
        select (file.Path, $"{file.Path}:{violation.Line}: {violation.Message}");
}
