using System.Collections;
using System.Text;

namespace WsAot.Processes;

/// <summary>How this process was started, so that another one can be started like it.</summary>
internal sealed class ProgramStart
{
    // Read now: once the file has been replaced, the kernel calls it deleted.
    private readonly string _processPath = Environment.ProcessPath ?? "";

    /// <summary>
    /// The path of the program. As it was typed if that is a path, so that a link leads to the new file; what was looked up in PATH is the
    /// file itself.
    /// </summary>
    public string FindFile(IReadOnlyList<byte[]> arguments)
    {
        string typed = arguments.Count > 0 ? Encoding.UTF8.GetString(arguments[0]) : "";
        return typed.Contains('/') ? Path.GetFullPath(typed) : _processPath;
    }

    /// <summary>The command line, to the byte; the first is the program as it was typed.</summary>
    public static List<byte[]> ReadArguments()
    {
        var arguments = new List<byte[]>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes("/proc/self/cmdline");
        while (rest.IndexOf((byte)0) is var length and >= 0)
        {
            arguments.Add(rest[..length].ToArray());
            rest = rest[(length + 1)..];
        }

        return arguments;
    }

    /// <summary>The environment, with one more variable, and without what is meant for this process alone.</summary>
    public static List<byte[]> ReadEnvironment(string name, string value)
    {
        List<byte[]> variables = [Encoding.UTF8.GetBytes($"{name}={value}")];
        // Not foreach: with it, every enumerator in the native file would have its untyped Current, for some 40 KB.
        IDictionaryEnumerator all = Environment.GetEnvironmentVariables().GetEnumerator();
        while (all.MoveNext())
        {
            string other = (string)all.Key;
            if (other != name && other != ServiceManager.WatchdogPidVariable) variables.Add(Encoding.UTF8.GetBytes($"{other}={all.Value}"));
        }

        return variables;
    }
}
