using WsAot.TestKit.Documents;
using WsAot.TestKit.Processes;

namespace WsAot.Soak.Tests;

/// <summary>
/// The commands of the pages, with a server that is not there: the program takes their options, and ends since it cannot start the server.
/// WsAot.Native.Tests runs what they do, for a shorter time.
/// </summary>
public sealed class SoakCommandTests
{
    private const int WrongOption = 2;

    public static TheoryData<string> Commands =>
    [
        .. CommandTable.RunBy($"{nameof(SoakCommandTests)}.{nameof(The_options_of_a_command_of_the_pages_are_taken)}")
            .Select(static command => command.Text).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_options_of_a_command_of_the_pages_are_taken(string command)
    {
        CommandResult result = await RunAsync(ShellWords.ArgumentsOf(command));
        Assert.True(result.ExitCode is not (0 or WrongOption), result.All);
        Assert.DoesNotContain("Usage:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_that_there_is_not_is_refused() =>
        Assert.Equal(WrongOption, (await RunAsync(["soak", "--server", "dist/wsaot", "--minute", "1"])).ExitCode);

    private static Task<CommandResult> RunAsync(IEnumerable<string> arguments) => DotNet.RunAsync(
        Directory.CreateTempSubdirectory("wsaot-soak-").FullName, [typeof(CommandLine).Assembly.Location, .. arguments]);
}
