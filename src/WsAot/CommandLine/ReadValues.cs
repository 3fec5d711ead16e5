using Microsoft.Extensions.Configuration;

namespace WsAot.CommandLine;

/// <summary>
/// The values of all sources together. When the sources are read again, others take their place, and whoever has asked for the reload token
/// of the configuration hears of it.
/// </summary>
internal sealed class ReadValues : ConfigurationProvider, IConfigurationSource
{
    public ReadValues(Dictionary<string, string?> values) => Data = values;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>The sections of the application in which another one differs.</summary>
    public IEnumerable<string> FindChangedSections(ReadValues other) =>
        Data.Keys.Union(other.Data.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => ValueOf(key) != other.ValueOf(key))
            .Select(static key => key.Split(ConfigurationPath.KeyDelimiter, 2)[0])
            .Where(static section => OptionTable.FindKey(section) is null && section != TlsSection.Key)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the values of another one.</summary>
    /// <exception cref="AggregateException">A listener of the application has thrown an exception.</exception>
    public void Replace(ReadValues other)
    {
        Data = other.Data;
        OnReload();
    }

    private string? ValueOf(string key) => Data.TryGetValue(key, out string? value) ? value : null;
}
