using System.Reflection;

namespace WsAot.TestKit.Tests;

public sealed class IndependenceTests
{
    [Fact]
    public void The_kit_references_nothing_of_ours_and_no_test_framework()
    {
        IEnumerable<string> names = typeof(SourceTree).Assembly.GetReferencedAssemblies().Select(static (AssemblyName name) => name.Name!);
        Assert.All(names, static name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_root_is_the_folder_of_the_solution() => Assert.True(File.Exists(Path.Combine(SourceTree.Root, "WsAot.sln")));
}
