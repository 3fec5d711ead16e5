namespace WsAot.Files;

/// <summary>Follows the links in a path.</summary>
internal static class RealPath
{
    /// <summary>The limit of Linux.</summary>
    private const int MaxLinks = 40;

    /// <summary>The path without links.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>Null if a part of the path does not exist, or the links form a circle.</returns>
    public static string? Of(string path)
    {
        string root = Path.GetPathRoot(path)!;
        string real = root;
        Stack<string> rest = Split(path[root.Length..]);
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                // ".." in a link's target. The path before it has no links any more.
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, name);
            string? target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                if (!Path.Exists(next)) return null;
                real = next;
                continue;
            }

            if (++links > MaxLinks) return null;
            string targetRoot = Path.GetPathRoot(target) ?? "";
            if (targetRoot.Length > 0) real = Path.GetFullPath(targetRoot);
            foreach (string part in Split(target[targetRoot.Length..]).Reverse()) rest.Push(part);
        }

        return real;
    }

    /// <summary>The names in a path, with the first on top of the stack.</summary>
    private static Stack<string> Split(string path)
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        string[] names = path.Split(separators, StringSplitOptions.RemoveEmptyEntries);
        return new Stack<string>(names.Where(static name => name != ".").Reverse());
    }
}
