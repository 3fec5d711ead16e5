using WsAot.TestKit;

namespace WsAot.Samples.Tests;

/// <summary>What all samples have in common.</summary>
public class SampleTests
{
    private const int MaxLines = 50;

    private static readonly string s_templates = Path.Combine(SourceTree.Root, "src/WsAot.Templates/templates");

    private static readonly string[] s_samples = ["wsaot-chat", "wsaot-devices", "wsaot-ticker", "wsaot-whiteboard"];

    public static TheoryData<string> Samples => [.. s_samples];

    [Fact]
    public void All_are_known_here() => Assert.Equal(
        s_samples, Directory.GetDirectories(s_templates, "wsaot-*").Select(static folder => Path.GetFileName(folder)).Order());

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_server_fits_on_a_screen(string sample) =>
        Assert.InRange(File.ReadAllLines(Path.Combine(s_templates, sample, "Program.cs")).Length, 1, MaxLines);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_page_loads_nothing_from_elsewhere_and_has_no_script_in_its_markup(string sample)
    {
        string page = File.ReadAllText(Path.Combine(s_templates, sample, "web/index.html"));
        Assert.DoesNotMatch(@"<(script|img|link|iframe)[^>]*(src|href)=""(?!data:)", page);
        Assert.DoesNotMatch(@"\s(on\w+|style)=""", page);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
        // What a page speaks with is generated.
        Assert.Contains("from './client.js'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("WebSocket(", page, StringComparison.Ordinal);
    }
}
