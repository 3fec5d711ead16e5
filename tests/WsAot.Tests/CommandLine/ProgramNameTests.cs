using WsAot.CommandLine;

namespace WsAot.Tests.CommandLine;

public sealed class ProgramNameTests
{
    [Theory]
    [InlineData("/opt/My.Server", "My.Server")]
    [InlineData("/opt/wsaot", "wsaot")]
    [InlineData("/opt/My.exe", "My.exe")]
    [InlineData("/opt/Dotnet", "Dotnet")]
    public void It_is_the_name_of_the_file(string path, string name) =>
        Assert.Equal(name, ProgramName.Of(path, static () => "Assembly", hasExtension: false));

    [Theory]
    [InlineData("My.Server.exe", "My.Server")]
    [InlineData("My.Server.EXE", "My.Server")]
    [InlineData("My.Server", "My.Server")]
    public void On_Windows_it_has_no_extension(string path, string name) =>
        Assert.Equal(name, ProgramName.Of(path, static () => "Assembly", hasExtension: true));

    [Theory]
    [InlineData("/usr/bin/dotnet", false)]
    [InlineData("DOTNET.exe", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void It_is_the_name_of_the_assembly_where_the_file_is_that_of_the_host_or_unknown(string? path, bool hasExtension)
    {
        Assert.Equal("My.Server", ProgramName.Of(path, static () => "My.Server", hasExtension));
        Assert.Equal("wsaot", ProgramName.Of(path, static () => null, hasExtension));
    }
}
