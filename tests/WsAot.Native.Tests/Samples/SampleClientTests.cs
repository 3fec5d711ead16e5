using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Samples;

/// <summary>The clients in the samples are those that the samples describe.</summary>
[Collection(PublishedFile.Name)]
public sealed class SampleClientTests
{
    [RequiresTheory(Tool.Node)]
    [InlineData("Chat")]
    [InlineData("Devices")]
    [InlineData("Ticker")]
    [InlineData("Whiteboard")]
    public async Task The_client_of_a_page_is_what_its_sample_describes(string name) => await PageClient.ExpectAsync(
        await Sample.DescribeAsync(name, "typescript"), Path.Combine(Sample.Folder(name), "web", "client.js"));

    // Below its first line, which has a version: a release does not change the client.
    [RequiresFact]
    public async Task The_client_of_the_device_is_what_its_sample_describes()
    {
        string file = Path.Combine(Sample.Folder("Devices"), "device", "Client.g.cs");
        string expected = await Sample.DescribeAsync("Devices", "csharp", "--namespace", "Fleet");
        if (Environment.GetEnvironmentVariable("WSAOT_UPDATE_PAGE") == "1") await File.WriteAllTextAsync(file, expected);
        Assert.Equal(expected.Split('\n')[1..], (await File.ReadAllTextAsync(file)).Split('\n')[1..]);
    }
}
