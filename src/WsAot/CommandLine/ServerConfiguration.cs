using System.Text.Json;
using Microsoft.Extensions.Configuration;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// Reads the options from the files, the environment and the command line; the last one to name an option wins. An unknown option is an
/// error. Sections, which have a name of their own and values in it, belong to the application.
/// </summary>
internal static class ServerConfiguration
{
    /// <exception cref="WsOptionException">An option is misspelled, has no value, or has an invalid value.</exception>
    public static IConfiguration Load(string[] args, ConfigurationNames names)
    {
        var arguments = new CommandLineArguments(args);
        var builder = new ConfigurationBuilder();
        // AddConfiguration would treat an empty value as missing.
        foreach (string file in FindFiles(arguments, names)) builder.AddInMemoryCollection(ReadFile(file));
        IConfigurationRoot all = builder
            .AddInMemoryCollection(ReadEnvironment(names))
            .AddCommandLine(arguments.Options)
            .Build();
        CheckValues(all);
        return all;
    }

    /// <summary>Sets the options to what was read.</summary>
    /// <exception cref="WsOptionException">A value is out of range.</exception>
    public static void Bind(IConfiguration configuration, WsServerOptions server, HostOptions host)
    {
        TlsSection.Check(configuration);
        // The binder adds to lists: what is read again takes the place of what was.
        if (configuration.GetSection(TlsSection.Key).GetChildren().Any()) server.TlsCertificates.Clear();
        // The binder's generator replaces both calls. The analyzer does not see that; ILC does, and would warn if a call were not replaced.
#pragma warning disable IL2026, IL3050
        configuration.Bind(server);
        configuration.Bind(host);
#pragma warning restore IL2026, IL3050
        if (OptionRules.FindError(server) is { } error) throw new WsOptionException(error);
    }

    /// <summary>Sets the options of a server that is a part of another program, whose configuration this is.</summary>
    /// <exception cref="WsOptionException">An option is unknown, or a value is out of range.</exception>
    public static void Bind(IConfiguration configuration, WsServerOptions server)
    {
        string place = configuration is IConfigurationSection section ? $"the section {section.Path}" : "the configuration";
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection option in configuration.GetChildren())
        {
            if (option.Value is not null) values[option.Key] = option.Value;
            CheckSection(option, place, values);
            if (option.Key.Equals(TlsSection.Key, StringComparison.OrdinalIgnoreCase)) CopySection(option, values);
            if (HostOptions.Has(option.Key)) throw new WsOptionException($"Unknown option '{option.Key}' in {place}: the host logs.");
        }

        IConfigurationRoot options = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        CheckValues(options);
        Bind(options, server, new HostOptions());
    }

    /// <summary>
    /// Environment variables with our prefix that name no option: a misspelled one, or one that Kubernetes sets for a service of that name.
    /// </summary>
    public static IEnumerable<string> FindUnknownVariables(ConfigurationNames names)
    {
        foreach (IConfigurationSection section in LoadEnvironment(names).GetChildren())
        {
            if (section.Value is not null && !IsKey(section.Key)) yield return names.EnvironmentPrefix + section.Key;
        }
    }

    private static void CopySection(IConfigurationSection section, Dictionary<string, string?> values)
    {
        foreach ((string path, string? value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (path.Length > 0) values[ConfigurationPath.Combine(section.Key, path)] = value;
        }
    }

    private static void CheckValues(IConfigurationRoot all)
    {
        // The binder would read an empty value as the default and a number as a name, and its messages speak of types.
        foreach (IConfigurationSection section in all.GetChildren())
        {
            if (section.Value is null && section.GetChildren().Any()) continue;
            if (OptionTable.FindValueError(section.Key, section.Value ?? "") is { } error) throw new WsOptionException(error);
        }
    }

    /// <summary>
    /// The files that were named; or else the one in the current folder, or else the one beside the executable, if there is one.
    /// </summary>
    private static IReadOnlyList<string> FindFiles(CommandLineArguments arguments, ConfigurationNames names)
    {
        if (arguments.Files.Count > 0)
        {
            foreach (string file in arguments.Files)
            {
                if (!Path.Exists(file)) throw new WsOptionException($"The configuration file '{file}' does not exist.");
            }

            return arguments.Files;
        }

        if (Path.Exists(names.FileName)) return [names.FileName];
        string beside = Path.Combine(AppContext.BaseDirectory, names.FileName);
        return Path.Exists(beside) ? [beside] : [];
    }

    private static Dictionary<string, string?> ReadEnvironment(ConfigurationNames names)
    {
        IConfigurationRoot content = LoadEnvironment(names);
        var values = new Dictionary<string, string?>(content.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection section in content.GetChildren())
        {
            // An unknown variable is only warned of.
            if (IsKey(section.Key)) CheckSection(section, "the environment", values);
        }

        return LogLevels.WithDefault(values);
    }

    private static Dictionary<string, string?> ReadFile(string file)
    {
        IConfigurationRoot content;
        try
        {
            // Read once and whole: a provider that watches the file, or a FileStream, would make the native file larger.
            content = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(file))).Build();
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new WsOptionException($"{file} cannot be read: {(exception.InnerException ?? exception).Message}");
        }

        var values = new Dictionary<string, string?>(content.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection section in content.GetChildren()) CheckSection(section, file, values);
        return LogLevels.WithDefault(values);
    }

    /// <param name="section">A name at the top of a file, with its value or its values.</param>
    /// <param name="file">The file.</param>
    /// <param name="values">What the file says. The elements of a list are joined to the one value that the option has.</param>
    private static void CheckSection(IConfigurationSection section, string file, Dictionary<string, string?> values)
    {
        if (!IsKey(section.Key))
        {
            // Null is what the reader makes of an empty object or list too.
            if (section.Value is not null) throw new WsOptionException($"Unknown option '{section.Key}' in {file}.");
            // A list may be a misspelt one of ours, such as that of the allowed origins.
            if (section.GetChildren().Any(static child => int.TryParse(child.Key, out _)))
            {
                throw new WsOptionException($"Unknown option '{section.Key}' in {file}: put lists of your own into a section.");
            }

            return;
        }

        if (section.Value is not null || IsLevels(section)) return;
        var elements = new List<string>();
        foreach (IConfigurationSection element in section.GetChildren())
        {
            values.Remove(element.Path);
            if (element.Value is { } value && int.TryParse(element.Key, out _)) elements.Add(value);
            else elements.Clear();
        }

        if (elements.Count == 0 || !OptionTable.IsList(section.Key))
        {
            throw new WsOptionException($"Option '{section.Key}' in {file} must have one value.");
        }

        values[section.Key] = string.Join(';', elements);
    }

    private static bool IsLevels(IConfigurationSection section) =>
        section.Key.Equals(LogLevels.Key, StringComparison.OrdinalIgnoreCase) && section.GetChildren().Any();

    private static IConfigurationRoot LoadEnvironment(ConfigurationNames names) =>
        new ConfigurationBuilder().AddEnvironmentVariables(names.EnvironmentPrefix).Build();

    private static bool IsKey(string key) => OptionTable.FindKey(key) is not null && !key.Contains('-');
}
