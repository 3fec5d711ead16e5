using WsAot.Bench.Reporting;

namespace WsAot.Bench.Tests.Reporting;

public sealed class ReportFileTests
{
    [Fact]
    public async Task What_is_written_later_takes_the_place_of_what_was_there()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "of an earlier run");
        using (ReportFile file = ReportFile.Open("--json", path)!)
        {
            Assert.Equal("of an earlier run", await ReadAsync(path));
            await file.WriteAsync("first, and long", isLast: false);
            Assert.Equal("first, and long", await ReadAsync(path));
            await file.WriteAsync("last", isLast: true);
        }

        Assert.Equal("last", await ReadAsync(path));
        File.Delete(path);
    }

    [Fact]
    public void A_folder_is_no_file() => Assert.Throws<BenchException>(() => ReportFile.Open("--svg", Path.GetTempPath()));

    [Fact]
    public void Without_a_path_there_is_none() => Assert.Null(ReportFile.Open("--json", null));

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path);
}
