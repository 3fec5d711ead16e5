using System.Text;

namespace WsAot.CommandLine;

/// <summary>
/// Where the options of an application are read from: the file <c>name.json</c>, and variables that begin with <c>NAME_</c>.
/// </summary>
internal sealed class ConfigurationNames
{
    public const string Default = "wsaot";

    /// <exception cref="ArgumentException">The name is empty or not valid in a file name.</exception>
    public ConfigurationNames(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
        {
            throw new ArgumentException($"'{name}' cannot be the name of a file.", nameof(name));
        }

        FileName = name + ".json";
        var prefix = new StringBuilder(name.Length + 2);
        // Shells cannot set a variable whose name begins with a digit.
        if (char.IsAsciiDigit(name[0])) prefix.Append('_');
        foreach (char one in name) prefix.Append(char.IsAsciiLetterOrDigit(one) ? char.ToUpperInvariant(one) : '_');
        EnvironmentPrefix = prefix.Append('_').ToString();
    }

    /// <summary>The name of the file, such as <c>my.server.json</c>.</summary>
    public string FileName { get; }

    /// <summary>The start of the variables' names, such as <c>MY_SERVER_</c>.</summary>
    public string EnvironmentPrefix { get; }
}
