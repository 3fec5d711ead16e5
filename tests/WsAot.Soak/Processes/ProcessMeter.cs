using System.Globalization;

namespace WsAot.Soak.Processes;

/// <summary>What a process holds, from Linux's /proc.</summary>
internal static class ProcessMeter
{
    /// <summary>VmRSS: the memory that is resident, in bytes; 0 if the process is gone.</summary>
    public static long ResidentBytes(int processId)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{processId}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                {
                    return long.Parse(
                        line.AsSpan(6, line.Length - 9),
                        NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                        CultureInfo.InvariantCulture) * 1024;
                }
            }
        }
        catch (IOException)
        {
            // It ended between the two.
        }

        return 0;
    }

    /// <summary>Open descriptors; 0 if the process is gone.</summary>
    public static int Descriptors(int processId)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
