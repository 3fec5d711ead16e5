using System.Security.Cryptography;
using WsAot.TestKit;

namespace WsAot.Fuzz;

/// <summary>The inputs that are kept as files beside the sources: a file's bytes are the input.</summary>
internal static class Corpus
{
    private static readonly string s_folder = Path.Combine(SourceTree.Root, "tests", "WsAot.Fuzz");

    /// <summary>The first inputs, in a fixed order.</summary>
    public static IReadOnlyList<byte[]> Seeds(string target) => [.. Files("Seeds", target).Select(File.ReadAllBytes)];

    /// <summary>Inputs that once failed.</summary>
    public static IReadOnlyList<string> Regressions(string target) => Files("Regressions", target);

    /// <summary>Keeps an input that failed.</summary>
    /// <returns>The path of the file.</returns>
    public static string Keep(Finding finding)
    {
        string folder = Path.Combine(s_folder, "Regressions", finding.Target);
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(finding.Input))[..16] + ".bin");
        File.WriteAllBytes(path, finding.Input);
        return path;
    }

    private static string[] Files(string kind, string target)
    {
        string folder = Path.Combine(s_folder, kind, target);
        if (!Directory.Exists(folder)) return [];
        string[] files = Directory.GetFiles(folder);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
