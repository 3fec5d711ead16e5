using System.Text.RegularExpressions;
using WsAot.TestKit;

namespace WsAot.Tests.Hostile;

/// <summary>docs/explanation/security.md says which test shows each promise: the test must be there.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string s_root = SourceTree.Root;

    private static readonly string s_page = File.ReadAllText(Path.Combine(s_root, "docs", "explanation", "security.md"));

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        string[] names = [.. TestName().Matches(s_page).Select(static match => match.Value.Trim('`'))];
        Assert.True(names.Length > 50, $"The page names {names.Length} tests only.");
        string[] missing = [.. names.Where(static name => !Exists(name))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_hostile_test_is_named_on_the_page()
    {
        var missing = new List<string>();
        foreach (Type type in typeof(SecurityPageTests).Assembly.GetTypes())
        {
            if (type.Namespace != typeof(SecurityPageTests).Namespace || type == typeof(SecurityPageTests)) continue;
            foreach (System.Reflection.MethodInfo method in type.GetMethods())
            {
                string name = $"{type.Name}.{method.Name}";
                if (method.IsDefined(typeof(FactAttribute), inherit: true) && !s_page.Contains($"`{name}`", StringComparison.Ordinal))
                {
                    missing.Add(name);
                }
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_class_of_the_table_names_a_test()
    {
        string[] rows =
        [
            .. s_page[s_page.IndexOf("| Class |", StringComparison.Ordinal)..].Split('\n')
                .TakeWhile(static line => line.StartsWith('|'))
                .Skip(2),
        ];
        Assert.True(rows.Length >= 17, $"{rows.Length} rows");
        Assert.All(rows, static row => Assert.Matches(TestName(), row));
    }

    [Theory]
    [InlineData("LengthTests.No_such_test", false)]
    [InlineData("NoSuchTests.Every_test_that_the_page_names_exists", false)]
    [InlineData("SecurityPageTests.Every_test_that_the_page_names_exists", true)]
    public void The_check_can_fail(string name, bool exists) => Assert.Equal(exists, Exists(name));

    /// <summary>Whether a file named after the class has a method of that name.</summary>
    private static bool Exists(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(s_root, "tests"), name[..dot] + ".cs", SearchOption.AllDirectories))
        {
            if (Regex.IsMatch(File.ReadAllText(file), $@"\b(void|Task) {name[(dot + 1)..]}\(")) return true;
        }

        return false;
    }

    [GeneratedRegex(@"`\w+(Tests|Contract)\.\w+`")]
    private static partial Regex TestName();
}
