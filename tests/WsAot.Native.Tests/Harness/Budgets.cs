using System.Text.Json;

namespace WsAot.Native.Tests.Harness;

/// <summary>
/// What the file may cost, in budgets.json. A value above its range is a loss to be argued for; one below it is a gain, which is
/// banked by lowering the range.
/// </summary>
internal static class Budgets
{
    /// <param name="path">The name of a budget, or of a group of them and then its own.</param>
    public static (double Min, double Max) Range(params ReadOnlySpan<string> path)
    {
        using JsonDocument budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        JsonElement range = budgets.RootElement;
        foreach (string name in path) range = range.GetProperty(name);
        return (range.GetProperty("min").GetDouble(), range.GetProperty("max").GetDouble());
    }

    public static void Expect(double value, params string[] path)
    {
        (double min, double max) = Range(path);
        string name = string.Join(": ", path);
        Assert.True(value <= max, $"{name} is {value}, which is over its budget of {max} in budgets.json.");
        Assert.True(
            value >= min, $"{name} is {value}, which is under its budget of {min}: bank the gain by lowering the range in budgets.json.");
    }
}
