namespace WsAot.Architecture.Tests.Tidy;

/// <summary>One layout in all projects.</summary>
public class TidyTests
{
    public static TheoryData<string> Rules => [.. TidyRule.All.Select(static rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_holds_in_every_file(string name)
    {
        IEnumerable<string> violations = Find(name).Violations()
            .Where(violation => !TidyExceptions.All.Any(exception => exception.Covers(name, violation.Path)))
            .Select(static violation => violation.Message);
        Violations.AssertNone(name, violations);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void No_exception_is_listed_that_is_not_needed(string name)
    {
        string[] broken = [.. Find(name).Violations().Select(static violation => violation.Path).Distinct()];
        Violations.AssertNone(
            $"Remove from TidyExceptions.cs, for the rule '{name}'",
            TidyExceptions.All
                .Where(exception => exception.Rule == name && !broken.Any(path => exception.Covers(name, path)))
                .Select(static exception => exception.Path));
    }

    [Fact]
    public void Every_exception_names_a_rule_and_a_reason() =>
        Assert.All(TidyExceptions.All, static exception => Assert.True(Find(exception.Rule) is not null && exception.Reason != ""));

    [Fact]
    public void All_projects_are_looked_at() =>
        Assert.True(TidyRule.All[0].Folders.Sum(static folder => Repository.Sources(folder).Length) > 500);

    private static TidyRule Find(string name) => TidyRule.All.Single(rule => rule.Name == name);
}
