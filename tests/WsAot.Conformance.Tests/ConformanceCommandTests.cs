using WsAot.TestKit.Documents;

namespace WsAot.Conformance.Tests;

/// <summary>The commands of the pages have options that there are. WsAot.Native.Tests runs the suite against the published file.</summary>
public sealed class ConformanceCommandTests
{
    public static TheoryData<string> Commands =>
    [
        .. CommandTable.RunBy($"{nameof(ConformanceCommandTests)}.{nameof(The_options_of_a_command_of_the_pages_are_taken)}")
            .Select(static command => command.Text).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_options_of_a_command_of_the_pages_are_taken(string command)
    {
        CommandLine line = CommandLine.Parse(ShellWords.ArgumentsOf(command));
        Assert.Equal("/echo", line.Options.Target.AbsolutePath);
    }
}
