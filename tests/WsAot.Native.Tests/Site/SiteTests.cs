using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Site;

/// <summary>The site that docs/site/build.sh makes of the documentation, as a reader sees it.</summary>
[Collection(PublishedFile.Name)]
public sealed class SiteTests
{
    [RequiresFact(Tool.Node | Tool.Chromium | Tool.DocFx)]
    public async Task Every_link_leads_somewhere_and_pages_fit_a_phone_and_are_found()
    {
        string folder = Path.Combine(Repository.EmptyFolder("site"), "site");
        // It builds the packages whose documentation it takes.
        CommandResult build = await Command.RunAsync(
            "bash", [Path.Combine(Repository.Root, "docs", "site", "build.sh"), folder], patience: TimeSpan.FromMinutes(10));
        Assert.True(build.ExitCode == 0, build.All);
        string pictures = Repository.EmptyFolder("site-pictures");
        JsonElement verdict = await ClientScript.RunAsync("site.mjs", folder, Tools.Chromium, pictures);

        Assert.InRange(verdict.GetProperty("pages").GetInt32(), 120, 400);
        Assert.Empty(verdict.Strings("broken"));
        Assert.Empty(verdict.Strings("problems"));
        Assert.Empty(verdict.Strings("wide"));
        Assert.NotEqual(verdict.GetProperty("light").GetString(), verdict.GetProperty("dark").GetString());
        Assert.Contains("/docs/reference/topics.html", verdict.Strings("found"));
        Assert.Equal(6, Directory.GetFiles(pictures, "*.png").Length);
    }
}
