using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Servers;

public sealed class LastLinesTests
{
    [Fact]
    public void Older_lines_make_room()
    {
        LastLines lines = new(2);
        Assert.Equal("", lines.ToString());
        foreach (string line in (string[])["a", "b", "c"]) lines.Add(line);
        Assert.Equal("\nb\nc", lines.ToString());
    }
}
