using WsAot.TestKit;

namespace WsAot.Testing.Tests.Documentation;

/// <summary>
/// The examples of docs/how-to/testing.md are the code in this folder and in the ticker's tests, so they are compiled, and the tests among
/// them run.
/// </summary>
public class TestingPageTests
{
    [Fact]
    public void Each_example_is_a_part_of_a_test()
    {
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(SourceTree.Root, "tests/WsAot.Testing.Tests/Documentation"), "*.cs"),
            .. Directory.GetFiles(Path.Combine(SourceTree.Root, "tests/WsAot.Ticker.Tests"), "*.cs"),
        ];
        string[] sources = Array.ConvertAll(files, static file => Plain(File.ReadAllText(file)));
        string[] examples =
        [
            .. File.ReadAllText(Path.Combine(SourceTree.Root, "docs/how-to/testing.md")).Split("```csharp\n").Skip(1)
                .Select(static block => block[..block.IndexOf("```", StringComparison.Ordinal)]),
        ];
        Assert.True(examples.Length > 5);
        Assert.All(examples, example => Assert.Contains(sources, source => source.Contains(Plain(example), StringComparison.Ordinal)));
    }

    /// <summary>Without indentation, which is less on the page.</summary>
    private static string Plain(string code) =>
        string.Join('\n', code.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) + "\n";
}
