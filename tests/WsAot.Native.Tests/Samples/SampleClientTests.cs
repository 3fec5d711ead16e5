using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Samples;

/// <summary>The clients in the samples are those that the samples describe.</summary>
[Collection(PublishedFile.Name)]
public sealed class SampleClientTests
{
    [RequiresTheory(Tool.Node)]
    [InlineData("Whiteboard")]
    public async Task The_client_of_a_page_is_what_its_sample_describes(string name) => await PageClient.ExpectAsync(
        await Sample.DescribeAsync(name, "typescript"), Path.Combine(Sample.Folder(name), "web", "client.js"));
}
