using System.Globalization;
using System.Text;

namespace WsAot.Server;

/// <summary>Reads the options for the files of Unix sockets.</summary>
internal static class UnixSocketRules
{
    private const string ModeOption = "UnixSocketMode (--unix-socket-mode)";
    private const string OwnerOption = "UnixSocketOwner (--unix-socket-owner)";

    /// <summary>Reads permissions in octal.</summary>
    /// <exception cref="ArgumentException">The value is not an octal number from 0 to 0777.</exception>
    public static UnixFileMode ParseMode(string mode)
    {
        int value = 0;
        foreach (char digit in mode) value = digit is >= '0' and <= '7' && value <= 0x1FF ? (value * 8) + (digit - '0') : int.MaxValue;
        return mode.Length > 0 && value <= 0x1FF
            ? (UnixFileMode)value
            : throw new ArgumentException($"{ModeOption} must be 0 to 0777 in octal, such as 0660, not '{mode}'.");
    }

    /// <summary>Reads a user and a group, each by name or by number: <c>user</c>, <c>user:group</c>, <c>:group</c>.</summary>
    /// <returns>Their numbers; -1 for one that is not named.</returns>
    /// <exception cref="ArgumentException">The machine has no such user or group.</exception>
    public static (int User, int Group) ParseOwner(string owner)
    {
        int colon = owner.IndexOf(':', StringComparison.Ordinal);
        string user = colon < 0 ? owner : owner[..colon];
        string group = colon < 0 ? "" : owner[(colon + 1)..];
        return (FindId(user, "user", "/etc/passwd"), FindId(group, "group", "/etc/group"));
    }

    /// <summary>
    /// Finds the number of a name. Reads only the file: the machine's other sources need libraries that a static file cannot load.
    /// </summary>
    private static int FindId(string name, string kind, string file)
    {
        if (name.Length == 0) return -1;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        if (File.Exists(file))
        {
            // Not line by line: readers and streams would make the native file larger.
            foreach (string line in Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\n'))
            {
                // name:password:number:...
                string[] fields = line.Split(':');
                if (fields.Length < 3 || fields[0] != name) continue;
                if (int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out number)) return number;
            }
        }

        throw new ArgumentException($"{OwnerOption}: {file} has no {kind} '{name}'. If it has a number, write that.");
    }
}
