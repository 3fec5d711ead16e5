using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Parsing;

/// <summary>The version of C# that generated code is written in. A test compiles generated code with it.</summary>
internal static class GeneratedLanguage
{
    /// <summary>The first one with UTF-8 literals and raw string literals.</summary>
    public const string Least = "11";

    public static bool CanBeCompiledBy(ParseOptions options) =>
        ((CSharpParseOptions)options).LanguageVersion >= LanguageVersion.CSharp11;

    /// <summary>The version of a compilation if it is too old, as it is written in a project: <c>10.0</c>; otherwise null.</summary>
    public static string? TooOldVersion(Compilation compilation) =>
        ((CSharpCompilation)compilation).LanguageVersion is var version && version < LanguageVersion.CSharp11
            ? version.ToDisplayString()
            : null;
}
