using System.Text.RegularExpressions;
using WsAot.CommandLine;
using WsAot.TestKit;

namespace WsAot.Tests.CommandLine;

/// <summary>docs/reference/options.md has each option once, with its default.</summary>
public sealed partial class OptionsPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "reference", "options.md"));

    [Fact]
    public void It_has_every_option_with_its_default()
    {
        Dictionary<string, string> documented = [];
        foreach (Match row in Row().Matches(s_page))
        {
            string[] names = [.. Code().Matches(row.Groups[1].Value).Select(static code => code.Groups[1].Value)];
            string[] defaults = [.. Code().Matches(row.Groups[2].Value).Select(static code => code.Groups[1].Value)];
            for (int i = 0; i < names.Length; i++) documented.Add(names[i], defaults.ElementAtOrDefault(i) ?? "");
        }

        Assert.True(documented.Remove("--config"));
        Assert.Equal(
            OptionTable.Rows.ToDictionary(static row => $"--{row.Name}", static row => row.Default).OrderBy(static row => row.Key),
            documented.OrderBy(static row => row.Key));
    }

    [Fact]
    public void It_has_every_command()
    {
        string help = OptionTable.Help("app", new ConfigurationNames("app"));
        string[] all = [.. Option().Matches(help).Select(static match => match.Groups[1].Value)];
        Assert.Contains("--check", all);
        Assert.All(all, static name => Assert.Contains($"`{name}`", s_page, StringComparison.Ordinal));
    }

    /// <summary>A row of three cells, of which the first names options.</summary>
    [GeneratedRegex(@"^\| (`--[^|]*) \| ?([^|]*)\| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();

    [GeneratedRegex("^  (--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();
}
