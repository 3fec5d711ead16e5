using WsAot.Bench.Profiling;
using WsAot.Bench.Running;
using WsAot.TestKit.Documents;

namespace WsAot.Bench.Tests;

/// <summary>The commands of the pages have options and names of scenarios that there are. The runs themselves take minutes.</summary>
public sealed class BenchCommandTests
{
    public static TheoryData<string> Commands =>
    [
        .. CommandTable.RunBy($"{nameof(BenchCommandTests)}.{nameof(A_command_of_the_pages_leaves_something_to_measure)}")
            .Select(static command => command.Text).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_of_the_pages_leaves_something_to_measure(string command)
    {
        string[] arguments = ShellWords.ArgumentsOf(command);
        if (arguments[0] == "profile")
        {
            ProfileOptions profile = new(arguments.AsSpan(1));
            Assert.False(Plan.Of(new Scenarios([]), static _ => true, profile.Only).IsEmpty);
            return;
        }

        // A part of the comparison, with the same options.
        Assert.Contains(arguments[0], (string[])["compare", "idle"]);
        BenchOptions options = new(arguments.AsSpan(1), static core => core < 2);
        // Each alternative on its own: one that matches nothing would hide behind the others.
        string[] names = [.. arguments.Where((_, i) => i > 0 && arguments[i - 1] == "--only").SelectMany(static only => only.Split('|'))];
        Assert.All(names.Select(static name => new Selection([name])).Append(options.Only), selection =>
            Assert.False(Plan.Of(new Scenarios(options.Peers), static _ => true, selection).IsEmpty));
    }
}
