using System.Globalization;
using System.Reflection;
using WsAot.CommandLine;

namespace WsAot.Tests.CommandLine;

public sealed class OptionTableTests
{
    [Fact]
    public void It_has_exactly_the_options_that_there_are()
    {
        IEnumerable<string> properties = Defaults().Keys.Order(StringComparer.Ordinal);
        Assert.Equal(
            properties,
            OptionTable.Rows.Select(static row => row.Name.Replace("-", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_defaults_are_those_of_the_properties()
    {
        Dictionary<string, string> defaults = Defaults();
        foreach ((string name, _, string preset, _) in OptionTable.Rows)
        {
            Assert.Equal(defaults[name.Replace("-", "", StringComparison.Ordinal)], preset);
        }
    }

    [Theory]
    [InlineData("max-message-bytes", "maxmessagebytes")]
    [InlineData("MaxMessageBytes", "MaxMessageBytes")]
    [InlineData("max-message-byte", null)]
    [InlineData("", null)]
    public void A_key_is_found_in_any_case_with_and_without_dashes(string name, string? key) =>
        Assert.Equal(key, OptionTable.FindKey(name));

    [Fact]
    public void The_help_names_every_option_in_lines_that_fit()
    {
        string help = OptionTable.Help("app", new ConfigurationNames("my.app"));
        Assert.StartsWith("Usage: app [options]\n", help, StringComparison.Ordinal);
        foreach ((string name, _, _, _) in OptionTable.Rows) Assert.Contains($"  --{name} <", help, StringComparison.Ordinal);
        Assert.Contains("my.app.json", help, StringComparison.Ordinal);
        Assert.Contains("MY_APP_MAXMESSAGEBYTES", help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), static line => Assert.True(line.Length <= 140, line));
    }

    /// <summary>The properties of both option classes in lower case, and their defaults as a user writes them.</summary>
    private static Dictionary<string, string> Defaults()
    {
        var defaults = new Dictionary<string, string>();
        foreach (object options in new object[] { new WsServerOptions(), new HostOptions() })
        {
            foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                // A section of the file, and no option of the command line.
                if (property.Name == nameof(WsServerOptions.TlsCertificates)) continue;
                string value = Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture)!;
                bool isName = property.PropertyType.IsEnum || property.PropertyType == typeof(bool);
                defaults.Add(property.Name.ToLowerInvariant(), isName ? value.ToLowerInvariant() : value);
            }
        }

        return defaults;
    }
}
