using System.Globalization;
using System.Text;

namespace WsAot.Memory;

/// <summary>The memory that the process may use. Control groups limit it in a container, or if the service manager sets a limit.</summary>
internal static class ContainerMemory
{
    private const string Root = "/sys/fs/cgroup";

    // Version 1 shows "no limit" as a number near 2^63.
    private const long Unlimited = 1L << 60;

    /// <summary>
    /// The limit; 0 if there is none. The runtime lets the managed heap grow only to a part of a container's memory, three quarters by
    /// default. Allocations would fail there, so that part is then the limit.
    /// </summary>
    public static long ReadLimit()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        long limit = ReadLimit("/proc/self/cgroup", Root);
        return limit == 0 ? 0 : Math.Min(limit, GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes);
    }

    /// <param name="groupsFile">The file that lists the groups of the process (cgroups(7)).</param>
    /// <param name="root">Where the file system of the groups is mounted.</param>
    public static long ReadLimit(string groupsFile, string root)
    {
        long limit = Unlimited;
        foreach (string line in (ReadAll(groupsFile) ?? "").Split('\n'))
        {
            // "0::/path" is a group of version 2, "4:memory:/path" one of version 1.
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            if (parts[1].Length == 0) limit = Math.Min(limit, LeastAbove(root, parts[2], "memory.max"));
            else if (parts[1] == "memory") limit = Math.Min(limit, LeastAbove(root + "/memory", parts[2], "memory.limit_in_bytes"));
        }

        return limit == Unlimited ? 0 : limit;
    }

    /// <summary>The lowest limit of a group and its parents. In a container, its own group is at the root.</summary>
    private static long LeastAbove(string root, string group, string file)
    {
        long limit = Unlimited;
        for (string path = group.TrimEnd('/'); ; path = path[..path.LastIndexOf('/')])
        {
            string? text = ReadAll($"{root}{path}/{file}");
            if (long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long bytes))
            {
                limit = Math.Min(limit, bytes);
            }

            if (path.LastIndexOf('/') < 0) return limit;
        }
    }

    private static string? ReadAll(string file)
    {
        try
        {
            // ReadAllText would add the code of file streams to the native file.
            return File.Exists(file) ? Encoding.ASCII.GetString(File.ReadAllBytes(file)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
