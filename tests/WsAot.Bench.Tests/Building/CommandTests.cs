using WsAot.Bench.Building;

namespace WsAot.Bench.Tests.Building;

public sealed class CommandTests
{
    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        BenchException exception = await Assert.ThrowsAsync<BenchException>(() => Command.RunAsync(path, []));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }
}
