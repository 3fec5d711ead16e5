namespace WsAot.Architecture.Tests.Tidy;

/// <summary>Each rule finds what it is there for, and nothing else.</summary>
public class TidyRulesTests
{
    [Fact]
    public void A_line_has_a_hundred_and_forty_columns()
    {
        string fits = "// " + new string('a', LineWidth.Max - 3) + "\n";
        Assert.Empty(LineWidth.Check(File(fits)));
        Assert.Equal([2], Lines(LineWidth.Check(File("class C;\n//" + fits))));
    }

    [Fact]
    public void The_text_of_a_string_of_several_lines_may_be_longer()
    {
        string wide = new('a', LineWidth.Max + 1);
        Assert.Empty(LineWidth.Check(File($"class C {{ string s = \"\"\"\n    {wide}\n    \"\"\"; }}\n")));
        Assert.Empty(LineWidth.Check(File($"class C {{ string s = $\"\"\"\n    a\n    {wide} {{1}} b\n    \"\"\"; }}\n")));
        Assert.Equal([1], Lines(LineWidth.Check(File($"class C {{ string s = \"{wide}\"; }}\n"))));
        Assert.Equal([1], Lines(LineWidth.Check(File($"class C {{ string s = \"\"\"{wide}\"\"\"; }}\n"))));
        Assert.Equal([3], Lines(LineWidth.Check(File($"class C {{ string s = \"\"\"\n    a\n    \"\"\"; int {wide} = 1; }}\n"))));
    }

    [Theory]
    [InlineData("if (a) return;", true)]
    [InlineData("if (a)\n{\n    return;\n}", true)]
    [InlineData("if (a) return;\nelse if (b) return;", true)]
    [InlineData("using (a)\nusing (b)\n{\n}", true)]
    [InlineData("if (a)\n    return;", false)]
    [InlineData("if (a) Call(\n    1);", false)]
    [InlineData("if (a\n    && b) return;", false)]
    [InlineData("else_: if (a) return;\nelse\n    return;", false)]
    [InlineData("foreach (int i in a)\n    Call(i);", false)]
    [InlineData("while (a)\n    Call();", false)]
    public void A_statement_without_braces_stands_on_the_line_of_its_condition(string body, bool holds) =>
        Assert.Equal(holds, !EmbeddedStatements.Check(Method(body)).Any());

    [Theory]
    [InlineData("if (a) return;", true)]
    [InlineData("if (a) return; else Call();", true)]
    [InlineData("if (a) { } else if (b) { } else { }", true)]
    [InlineData("if (a) { } else Call();", false)]
    [InlineData("if (a) Call(); else if (b) { }", false)]
    [InlineData("if (a) { } else if (b) { } else Call();", false)]
    public void All_branches_have_braces_or_none(string body, bool holds) =>
        Assert.Equal(holds, !BranchBraces.Check(Method(body)).Any());

    [Fact]
    public void A_member_has_at_most_seventy_lines()
    {
        (string Begin, string End)[] members =
        [
            ("void M()", ""),
            ("C()", ""),
            ("public static C operator +(C a, C b)", ""),
            ("int P { get", "}"),
            ("System.Action a = () => { void M()", "};"),
        ];
        Assert.All(members, static member =>
        {
            Assert.Empty(MemberLength.Check(File(Member(MemberLength.Max))));
            Assert.Equal([3], Lines(MemberLength.Check(File(Member(MemberLength.Max + 1)))));

            string Member(int lines) =>
                $"class C\n{{\n    {member.Begin}\n    {{\n{string.Concat(Enumerable.Repeat("        ;\n", lines - 3))}    "
                + $"}}{member.End}\n}}\n";
        });
    }

    [Fact]
    public void A_file_has_at_most_three_hundred_lines()
    {
        Assert.Empty(FileLength.Check(File(string.Concat(Enumerable.Repeat("\n", FileLength.Max)))));
        Assert.Single(FileLength.Check(File(string.Concat(Enumerable.Repeat("\n", FileLength.Max + 1)))));
    }

    [Theory]
    [InlineData("A_late_pong_ends_the_connection", true)]
    [InlineData("WSA006_for_what_OnUpgrade_hands_over", true)]
    [InlineData("They_are_those_of_System_Text_Json", true)]
    [InlineData("ALatePongEndsTheConnection", false)]
    [InlineData("A_Late_Pong_Ends_The_Connection", false)]
    [InlineData("a_late_pong", false)]
    [InlineData("A__pong", false)]
    [InlineData("Pong", false)]
    public void A_test_is_named_by_a_sentence(string name, bool holds)
    {
        Assert.All(
            new[] { "Fact", "Theory", "Fact(Timeout = 1)" },
            attribute => Assert.Equal(holds, !TestNames.Check(File($"class C {{ [{attribute}] public void {name}() {{ }} }}")).Any()));
        Assert.Empty(TestNames.Check(File($"class C {{ public void {name}() {{ }} }}")));
    }

    [Theory]
    [InlineData("class C;\n", true)]
    [InlineData("class C;\r\n", false)]
    [InlineData("class C\n{\n\tint i;\n}\n", false)]
    [InlineData("class C; \n", false)]
    [InlineData("class C;", false)]
    [InlineData("class C;\n\n", false)]
    public void Lines_end_with_a_line_feed_and_are_indented_by_spaces(string text, bool holds) =>
        Assert.Equal(holds, !WhiteSpace.Check(File(text)).Any());

    [Theory]
    [InlineData("// Done.\nclass C;", true)]
    [InlineData("class C { string s = \"TODO\"; }", true)]
    [InlineData("// TODO: more\nclass C;", false)]
    [InlineData("/// <summary>FIXME</summary>\nclass C;", false)]
    public void Work_that_is_left_is_no_comment(string text, bool holds) =>
        Assert.Equal(holds, !UnfinishedWork.Check(File(text)).Any());

    [Fact]
    public void An_exception_covers_a_file_or_all_below_a_folder()
    {
        Assert.True(new TidyException("rule", "src/A", "why").Covers("rule", "src/A/B.cs"));
        Assert.True(new TidyException("rule", "src/A.cs", "why").Covers("rule", "src/A.cs"));
        Assert.False(new TidyException("rule", "src/A", "why").Covers("rule", "src/AB.cs"));
        Assert.False(new TidyException("rule", "src/A", "why").Covers("other", "src/A/B.cs"));
    }

    private static SourceFile Method(string body) => File($"class C\n{{\nvoid M()\n{{\n{body}\n}}\n}}\n");

    private static SourceFile File(string text) => new("tests/C.cs", text);

    private static IEnumerable<int> Lines(IEnumerable<(int Line, string Message)> violations) =>
        violations.Select(static violation => violation.Line);
}
