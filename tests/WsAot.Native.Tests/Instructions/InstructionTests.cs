using System.Globalization;
using WsAot.Native.Tests.Harness;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Instructions;

/// <summary>
/// How many instructions the file takes for a message, outside the kernel: a figure that no busy machine disturbs. Budgets are in
/// budgets.json.
/// </summary>
[Collection(PublishedFile.Name)]
public sealed class InstructionTests(PublishedApp app, ITestOutputHelper output)
{
    private const string Group = "instructions";
    private const int FirstRounds = 32;

    // Runs differ by up to half a percent: how many bytes come with a call of the kernel's is not always the same.
    private const double Margin = 0.02;

    // What all rows take that do nothing but their first messages: starts, handshakes, and what is done but once.
    private static Task<long>? s_first;

    public static TheoryData<string> Rows => [.. CountedRows.All.Select(row => row.Name)];

    [RequiresTheory(Tool.Valgrind)]
    [MemberData(nameof(Rows))]
    public async Task A_message_takes_as_many_instructions_as_its_budget_says(string name)
    {
        CountedRow row = CountedRows.All.Single(row => row.Name == name);
        long first = await (s_first ??= LeastAsync(null, runs: 3));
        double each = (double)(await LeastAsync(row, runs: 1) - first) / row.Answers;
        // Whatever disturbs a run can only add to it.
        if (each > Budgets.Range(Group, name).Max) each = Math.Min(each, (double)(await LeastAsync(row, runs: 3) - first) / row.Answers);
        // A line for budgets.json.
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{each:F1} \"{name}\": {{ \"min\": {each * (1 - Margin):F0}, \"max\": {each * (1 + Margin):F0} }},"));
        Budgets.Expect(Math.Round(each, 1), Group, name);
    }

    private async Task<long> LeastAsync(CountedRow? counted, int runs)
    {
        long least = long.MaxValue;
        for (int run = 0; run < runs; run++) least = Math.Min(least, await CountAsync(counted));
        return least;
    }

    private Task<long> CountAsync(CountedRow? counted) => CountedServer.CountAsync(app, port =>
    {
        foreach (CountedRow row in CountedRows.All)
        {
            using CountedClient client = new(row, port);
            client.Exchange(FirstRounds + (row == counted ? row.Rounds : 0));
        }
    });
}
