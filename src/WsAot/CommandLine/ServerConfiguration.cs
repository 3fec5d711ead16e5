using System.Text.Json;
using Microsoft.Extensions.Configuration;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>
/// Reads the options from the files, the environment and the command line; the last source that sets an option wins. An unknown option is
/// an error. Named sections with values belong to the application.
/// </summary>
internal static class ServerConfiguration
{
    /// <summary>Reads all sources.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="names">The names of the other sources.</param>
    /// <param name="errors">
    /// Gets options that are misspelt, have no value, or have a value of the wrong form, and files that cannot be read. The result does not
    /// contain them.
    /// </param>
    /// <param name="added">The options that packages have added to the command line.</param>
    public static ReadValues Load(
        string[] args, ConfigurationNames names, OptionErrors errors, IReadOnlyList<SectionOption>? added = null)
    {
        var arguments = new CommandLineArguments(args, added ?? [], errors);
        var builder = new ConfigurationBuilder();
        // AddConfiguration would treat an empty value as missing.
        var files = new List<string>();
        foreach (string file in FindFiles(arguments, names, errors))
        {
            builder.AddInMemoryCollection(ReadFile(file, errors));
            files.Add(Path.GetFullPath(file));
        }

        IConfigurationRoot all = builder
            .AddInMemoryCollection(ReadEnvironment(names, errors))
            .AddCommandLine(arguments.Options)
            .Build();
        return new ReadValues(WithoutWrongValues(all, errors), files);
    }

    /// <summary>Sets the options to the values that were read.</summary>
    /// <param name="configuration">The values that were read.</param>
    /// <param name="server">The server's options.</param>
    /// <param name="host">The other options.</param>
    /// <param name="errors">Gets values that are out of range.</param>
    public static void Bind(IConfiguration configuration, WsServerOptions server, HostOptions host, OptionErrors errors)
    {
        TlsSection.Check(configuration, errors);
        // The binder adds to lists, so a list that is read again is cleared first.
        if (configuration.GetSection(TlsSection.Key).GetChildren().Any()) server.TlsCertificates.Clear();
        // The binder's generator replaces both calls. The analyzer does not know that, but ILC does, and would warn about a call that
        // stayed.
#pragma warning disable IL2026, IL3050
        configuration.Bind(server);
        configuration.Bind(host);
#pragma warning restore IL2026, IL3050
        OptionRules.Check(server, errors);
    }

    /// <summary>Sets the options of a server inside another program, from that program's configuration.</summary>
    /// <exception cref="WsOptionException">An option is unknown, or a value is out of range.</exception>
    public static void Bind(IConfiguration configuration, WsServerOptions server)
    {
        string place = configuration is IConfigurationSection section ? $"the section {section.Path}" : "the configuration";
        var errors = new OptionErrors();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection option in configuration.GetChildren())
        {
            if (HostOptions.Has(option.Key))
            {
                errors.Add($"Unknown option '{option.Key}' in {place}: the host configures logging.");
                continue;
            }

            if (option.Value is not null) values[option.Key] = option.Value;
            CheckSection(option, place, values, errors);
            if (option.Key.Equals(TlsSection.Key, StringComparison.OrdinalIgnoreCase)) CopySection(option, values);
        }

        IConfigurationRoot options = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        options = new ConfigurationBuilder().AddInMemoryCollection(WithoutWrongValues(options, errors)).Build();
        Bind(options, server, new HostOptions(), errors);
        errors.ThrowIfAny();
    }

    /// <summary>
    /// Environment variables with our prefix that are not options: misspelled ones, and those that Kubernetes sets for a service of that
    /// name.
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

    private static Dictionary<string, string?> WithoutWrongValues(IConfigurationRoot all, OptionErrors errors)
    {
        var values = new Dictionary<string, string?>(all.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        // The binder takes an empty value as the default and a number as an enum value, and its messages name types.
        foreach (IConfigurationSection section in all.GetChildren())
        {
            if (section.Value is null && section.GetChildren().Any()) continue;
            if (OptionTable.FindValueError(section.Key, section.Value ?? "") is not { } error) continue;
            errors.Add(error);
            values.Remove(section.Key);
        }

        return values;
    }

    /// <summary>
    /// The files that <c>--config</c> names; or else the file in the current folder; or else the one beside the executable, if it exists.
    /// </summary>
    private static IEnumerable<string> FindFiles(CommandLineArguments arguments, ConfigurationNames names, OptionErrors errors)
    {
        if (arguments.Files.Count > 0)
        {
            foreach (string file in arguments.Files)
            {
                if (!Path.Exists(file)) errors.Add($"The configuration file '{file}' does not exist.");
            }

            return arguments.Files.Where(Path.Exists);
        }

        if (Path.Exists(names.FileName)) return [names.FileName];
        string beside = Path.Combine(AppContext.BaseDirectory, names.FileName);
        return Path.Exists(beside) ? [beside] : [];
    }

    private static Dictionary<string, string?> ReadEnvironment(ConfigurationNames names, OptionErrors errors)
    {
        IConfigurationRoot content = LoadEnvironment(names);
        var values = new Dictionary<string, string?>(content.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection section in content.GetChildren())
        {
            // An unknown variable only causes a warning.
            if (IsKey(section.Key)) CheckSection(section, "the environment", values, errors);
        }

        return LogLevels.WithDefault(values);
    }

    private static Dictionary<string, string?> ReadFile(string file, OptionErrors errors)
    {
        IConfigurationRoot content;
        try
        {
            // Read at once into memory: a provider that watches the file, or a FileStream, would make the native file larger.
            content = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(file))).Build();
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"{file} cannot be read: {(exception.InnerException ?? exception).Message}");
            return [];
        }

        var values = new Dictionary<string, string?>(content.AsEnumerable(), StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection section in content.GetChildren()) CheckSection(section, file, values, errors);
        return LogLevels.WithDefault(values);
    }

    /// <param name="section">A top-level name in a file, with its value or values.</param>
    /// <param name="file">The file.</param>
    /// <param name="values">The values of the file. The elements of a list are joined into the one value of the option.</param>
    /// <param name="errors">Gets the errors. The values do not contain wrong options.</param>
    private static void CheckSection(
        IConfigurationSection section, string file, Dictionary<string, string?> values, OptionErrors errors)
    {
        if (!IsKey(section.Key))
        {
            // The reader turns an empty object or list into null too.
            if (section.Value is not null)
            {
                errors.Add($"Unknown option '{section.Key}' in {file}.");
            }
            else if (section.GetChildren().Any(static child => int.TryParse(child.Key, out _)))
            {
                // A list may be a misspelt option of ours, such as the allowed origins.
                errors.Add($"Unknown option '{section.Key}' in {file}: put lists of your own into a section.");
            }

            return;
        }

        if (section.Value is not null || IsLevels(section)) return;
        var elements = new List<string>();
        bool isList = OptionTable.IsList(section.Key);
        foreach (IConfigurationSection element in section.GetChildren())
        {
            values.Remove(element.Path);
            if (element.Value is { } value && int.TryParse(element.Key, out _)) elements.Add(value);
            else isList = false;
        }

        if (isList && elements.Count > 0)
        {
            values[section.Key] = string.Join(';', elements);
            return;
        }

        errors.Add($"Option '{section.Key}' in {file} must have one value.");
        values.Remove(section.Key);
    }

    private static bool IsLevels(IConfigurationSection section) =>
        section.Key.Equals(LogLevels.Key, StringComparison.OrdinalIgnoreCase) && section.GetChildren().Any();

    private static IConfigurationRoot LoadEnvironment(ConfigurationNames names) =>
        new ConfigurationBuilder().AddEnvironmentVariables(names.EnvironmentPrefix).Build();

    private static bool IsKey(string key) => OptionTable.FindKey(key) is not null && !key.Contains('-');
}
