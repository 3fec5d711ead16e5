using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Architecture.Tests;

/// <summary>A C# file of the repository, or a text that stands for one in a test of a rule.</summary>
/// <param name="path">From the root of the repository, with '/'.</param>
/// <param name="text">As it is on the disk, line ends included.</param>
internal sealed class SourceFile(string path, string text)
{
    // The file that ships is compiled as C# 14, which this version of the compiler calls preview.
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview);

    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(text, s_options, path));

    public string Path => path;

    public string Text => text;

    public SyntaxTree Tree => _tree.Value;

    public SyntaxNode Root => Tree.GetRoot();

    public string[] Lines { get; } = text.Split('\n');

    /// <summary>The number of the line on which a character stands, from 1.</summary>
    public int LineOf(int position) => Tree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;
}
