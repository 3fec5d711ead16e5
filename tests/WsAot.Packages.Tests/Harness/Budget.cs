using System.Text.Json;

namespace WsAot.Packages.Tests.Harness;

/// <summary>What an application may cost. A value below its range is a gain, which is banked by lowering the range.</summary>
internal static class Budget
{
    private const string Ours = "budgets.json";

    /// <summary>The budgets of the repository's own application, which one that is built from the packages keeps, too.</summary>
    public const string OfTheApp = "budgets-of-the-app.json";

    public static void Expect(long value, string name, string file = Ours)
    {
        using JsonDocument budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)));
        JsonElement range = budgets.RootElement.GetProperty(name);
        Assert.InRange(value, range.GetProperty("min").GetInt64(), range.GetProperty("max").GetInt64());
    }
}
