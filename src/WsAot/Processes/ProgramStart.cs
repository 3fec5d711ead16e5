using System.Collections;
using System.Text;

namespace WsAot.Processes;

/// <summary>How this process was started, so that another one can be started the same way.</summary>
internal sealed class ProgramStart
{
    // Read early: once the file has been replaced, the kernel calls it deleted.
    private readonly string _processPath = Environment.ProcessPath ?? "";

    /// <summary>
    /// The path of the program. It is the path that was typed, so that a link leads to the new file. If a bare name was typed, it is the
    /// file that was found in PATH.
    /// </summary>
    public string FindFile(IReadOnlyList<byte[]> arguments)
    {
        string typed = arguments.Count > 0 ? Encoding.UTF8.GetString(arguments[0]) : "";
        return typed.Contains('/') ? Path.GetFullPath(typed) : _processPath;
    }

    /// <summary>The command line, byte for byte. The first argument is the program as it was typed.</summary>
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

    /// <summary>The environment with one more variable, and without those that are meant for this process alone.</summary>
    public static List<byte[]> ReadEnvironment(string name, string value)
    {
        List<byte[]> variables = [Encoding.UTF8.GetBytes($"{name}={value}")];
        // Not foreach: it would add the untyped Current of every enumerator to the native file, about 40 KB.
        IDictionaryEnumerator all = Environment.GetEnvironmentVariables().GetEnumerator();
        while (all.MoveNext())
        {
            string other = (string)all.Key;
            if (other != name && other != ServiceManager.WatchdogPidVariable) variables.Add(Encoding.UTF8.GetBytes($"{other}={all.Value}"));
        }

        return variables;
    }
}
