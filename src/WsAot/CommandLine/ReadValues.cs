using Microsoft.Extensions.Configuration;

namespace WsAot.CommandLine;

/// <summary>
/// The merged values of all sources. When the sources are read again, <see cref="Replace"/> swaps the values and fires the reload token of
/// the configuration.
/// </summary>
internal sealed class ReadValues : ConfigurationProvider, IConfigurationSource
{
    /// <param name="values">The values.</param>
    /// <param name="files">The files that were read.</param>
    public ReadValues(Dictionary<string, string?> values, IReadOnlyList<string> files) => (Data, Files) = (values, files);

    /// <summary>The files that were read, by their full paths.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The files, for a sentence in the log.</summary>
    public string Source => Files.Count == 0 ? "no file" : string.Join(", ", Files);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>The application's sections that differ from those of other values.</summary>
    public IReadOnlyList<string> FindChangedSections(ReadValues other)
    {
        var sections = new List<string>();
        AddLost(other, sections);
        other.AddLost(this, sections);
        return sections;
    }

    /// <summary>Takes the values of another object.</summary>
    /// <exception cref="AggregateException">A listener of the application has thrown an exception.</exception>
    public void Replace(ReadValues other)
    {
        Data = other.Data;
        OnReload();
    }

    /// <summary>Adds the sections with a value that differs in the other object, or is missing there.</summary>
    private void AddLost(ReadValues other, List<string> sections)
    {
        foreach (KeyValuePair<string, string?> value in Data)
        {
            if (value.Value == other.ValueOf(value.Key)) continue;
            string section = value.Key.Split(ConfigurationPath.KeyDelimiter, 2)[0];
            bool isOurs = OptionTable.FindKey(section) is not null || section.Equals(TlsSection.Key, StringComparison.OrdinalIgnoreCase);
            if (!isOurs && !sections.Contains(section)) sections.Add(section);
        }
    }

    private string? ValueOf(string key) => Data.TryGetValue(key, out string? value) ? value : null;
}
