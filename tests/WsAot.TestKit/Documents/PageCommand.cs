namespace WsAot.TestKit.Documents;

/// <summary>A command that a page shows.</summary>
/// <param name="Page">The page, as its path in the repository.</param>
/// <param name="Line">The command's first line there, from 1 on.</param>
/// <param name="Text">The command in one line, without its comment.</param>
public sealed record PageCommand(string Page, int Line, string Text)
{
    public override string ToString() => $"{Page}:{Line}: {Text}";
}
