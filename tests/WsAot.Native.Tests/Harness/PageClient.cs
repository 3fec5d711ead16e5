using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

/// <summary>The JavaScript client that a page loads: what the compiler makes of <c>--describe typescript</c>.</summary>
internal static class PageClient
{
    /// <summary>That the file is as new as the description. With <c>WSAOT_UPDATE_PAGE=1</c>, writes it.</summary>
    public static async Task ExpectAsync(string description, string file)
    {
        string folder = Repository.EmptyFolder("page-client");
        string source = Path.Combine(folder, "client.ts");
        await File.WriteAllTextAsync(source, description);
        JsonElement verdict = await ClientScript.RunAsync("dashboard-client.mjs", source, folder);
        Assert.Empty(verdict.Strings("problems"));
        string expected = await File.ReadAllTextAsync(Path.Combine(folder, "client.js"));
        if (Environment.GetEnvironmentVariable("WSAOT_UPDATE_PAGE") == "1") await File.WriteAllTextAsync(file, expected);
        Assert.Equal(expected, await File.ReadAllTextAsync(file));
    }
}
