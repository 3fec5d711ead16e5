using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WsAot.Generators.Tests;

/// <summary>
/// Compares text with a file beside the test, by the conventions of Verify: <c>Class.Method.verified.cs</c> is right; a mismatch writes
/// <c>Class.Method.received.cs</c>, which is renamed when it is what should be. To adopt Verify is to change this file.
/// </summary>
internal static partial class Snapshot
{
    /// <param name="extension">What kind of text it is.</param>
    public static void Match(
        string actual, string extension = "cs", [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        string folder = Path.Combine(Repository.TestProject, FolderIn(file));
        string name = $"{Path.GetFileNameWithoutExtension(file)}.{member}";
        Compare(Path.Combine(folder, $"{name}.verified.{extension}"), Path.Combine(folder, $"{name}.received.{extension}"), actual);
    }

    public static void Compare(string verified, string received, string actual)
    {
        actual = Version().Replace(actual, "\"{version}\"");
        string? expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(
            $"{Path.GetFileName(received)} is not what {Path.GetFileName(verified)} {(expected is null ? "(missing)" : "")} "
            + $"has:\n{actual}");
    }

    // A build that maps its source paths still names the project's folder in them.
    private static string FolderIn(string file)
    {
        string path = file.Replace('\\', '/');
        const string Project = "/WsAot.Generators.Tests/";
        return Path.GetDirectoryName(path[(path.LastIndexOf(Project, StringComparison.Ordinal) + Project.Length)..])!;
    }

    [GeneratedRegex("""(?<=GeneratedCode\("WsAot.Generators", )"[0-9.]+"(?=\))""")]
    private static partial Regex Version();
}
