using System.Globalization;
using System.Net;
using System.Text;

namespace WsAot.Bench.Reporting.Charts;

/// <summary>
/// A picture that grows downwards. It is so narrow that a phone shows it almost as large as it is, and it follows the reader's choice of
/// light and dark.
/// </summary>
internal sealed class SvgText
{
    public const int Width = 480;
    public const int Left = 12;
    public const int Right = Width - 12;

    // Of fonts whose letters are wide.
    private const int HeadingLetters = 54;
    private const int NoteLetters = 66;

    // Colours that the colour-blind can tell apart, on white and on black.
    private const string Style =
        """
          <style>
            :root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --base: #818b98; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --base: #656c76; } }
            text { font: 14px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
            .soft { fill: var(--soft); font-size: 13px; }
            .title { font-weight: 600; }
            .mid { text-anchor: middle; }
            .end { text-anchor: end; }
            .grid { stroke: var(--line); }
            .one { stroke: var(--ink); stroke-width: 1.5; }
            .base { --c: var(--base); }
            .s0 { --c: #0072b2; } .s1 { --c: #d55e00; } .s2 { --c: #009e73; }
            .s3 { --c: #cc79a7; } .s4 { --c: #e69f00; } .s5 { --c: #56b4e9; }
            circle, rect { fill: var(--c); }
            .spread { stroke: var(--c); stroke-width: 2; }
            .whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
          </style>
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Where the next thing begins.</summary>
    public int Y { get; private set; } = 4;

    public void Skip(int pixels) => Y += pixels;

    /// <summary>A line of the file. Its numbers get at most two digits behind their point.</summary>
    public void Line(FormattableString line)
    {
        object?[] values = [.. line.GetArguments().Select(static value => value is double number ? Math.Round(number, 2) : value)];
        _body.AppendFormat(CultureInfo.InvariantCulture, line.Format, values).Append('\n');
    }

    public void Text(string classes, double x, double y, string text) =>
        Line($"  <text{(classes == "" ? "" : $" class=\"{classes}\"")} x=\"{x}\" y=\"{y}\">{Escape(text)}</text>");

    /// <summary>A heading, and below it what a reader must know, in lines that fit.</summary>
    public void Heading(string title, IEnumerable<string> notes)
    {
        foreach (string line in Wrap(title, HeadingLetters)) Text("title", Left, Y += 18, line);
        foreach (string line in notes.SelectMany(static note => Wrap(note, NoteLetters))) Text("soft", Left, Y += 18, line);
        Skip(11);
    }

    /// <param name="label">For those who do not see it.</param>
    public string ToString(string label)
    {
        string height = (Y + 8).ToString(CultureInfo.InvariantCulture);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" aria-label="{Escape(label)}">
            {Style}
            {_body}</svg>

            """;
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static IEnumerable<string> Wrap(string text, int letters)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > letters)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }
}
