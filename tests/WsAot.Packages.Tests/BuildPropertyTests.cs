using System.Text.Json;
using WsAot.Packages.Tests.Harness;

namespace WsAot.Packages.Tests;

/// <summary>What the package's build properties do to the projects that use it, and what they leave alone.</summary>
[Collection(Work.Name)]
public sealed class BuildPropertyTests(PackedPackages packages)
{
    [RequiresLinkerFact]
    public async Task A_native_application_gets_what_makes_its_file_small() => Assert.Equal(
        new()
        {
            ["OptimizationPreference"] = "Speed",
            ["ConcurrentGarbageCollection"] = "false",
            ["InvariantGlobalization"] = "true",
            ["EventSourceSupport"] = "false",
            ["StripSymbols"] = "true",
            ["CopyOutputSymbolsToPublishDirectory"] = "false",
            ["StaticExecutable"] = "",
            ["IlcDehydrate"] = "",
        },
        await ReadAsync("Server"));

    [RequiresLinkerFact]
    public async Task What_a_project_says_itself_wins() => Assert.Equal(
        new()
        {
            ["OptimizationPreference"] = "Size",
            ["ConcurrentGarbageCollection"] = "true",
            ["InvariantGlobalization"] = "false",
            ["EventSourceSupport"] = "true",
            ["StripSymbols"] = "false",
            ["CopyOutputSymbolsToPublishDirectory"] = "true",
            ["StaticExecutable"] = "",
            ["IlcDehydrate"] = "",
        },
        await ReadAsync("Host"));

    [RequiresLinkerFact]
    public async Task A_library_and_a_program_that_is_not_native_are_left_alone()
    {
        foreach (string project in (string[])["Library", "Tester"])
        {
            Dictionary<string, string> properties = await ReadAsync(project);
            // The SDK's own default.
            Assert.Equal("true", properties["CopyOutputSymbolsToPublishDirectory"]);
            properties.Remove("CopyOutputSymbolsToPublishDirectory");
            Assert.All(properties, static property => Assert.Equal("", property.Value));
        }
    }

    [RequiresLinkerFact]
    public async Task A_static_file_is_asked_for_by_one_property()
    {
        Dictionary<string, string> properties = await ReadAsync("Server", "-p:WsAotStatic=true");
        Assert.Equal("true", properties["StaticExecutable"]);
        // At a fixed address, the tables of types need no unpacking at each start.
        Assert.Equal("false", properties["IlcDehydrate"]);
    }

    [RequiresLinkerFact]
    public async Task A_value_that_a_property_does_not_take_ends_the_build_with_what_it_takes()
    {
        await ExpectErrorAsync("The property WsAotCompression is 'no'; it takes true or false.", "Server", "-p:WsAotCompression=no");
        await ExpectErrorAsync("The property WsAotStatic is 'yes'; it takes true or false.", "Server", "-p:WsAotStatic=yes");
        await ExpectErrorAsync("The property WsAotTls is 'dynamic'; it takes true, false or static.", "Server", "-p:WsAotTls=dynamic");
    }

    [RequiresLinkerFact]
    public async Task SslStream_without_what_it_needs_is_an_error()
    {
        await ExpectErrorAsync("The property WsAotSslStream is 'on'; it takes true or false.", "Server", "-p:WsAotSslStream=on");
        const string Static = "A static file cannot load OpenSSL, which SslStream uses on Linux: leave out WsAotSslStream, and say "
            + "WsAotTls=static.";
        await ExpectErrorAsync(Static, "Server", "-p:WsAotSslStream=true", "-p:WsAotStatic=true");
        const string LeftOut =
            "WsAotSslStream is TLS on the sockets transport: leave out WsAotTls=false and WsAotSocketsTransport=false, or "
            + "WsAotSslStream.";
        await ExpectErrorAsync(LeftOut, "Server", "-p:WsAotSslStream=true", "-p:WsAotTls=false");
        await ExpectErrorAsync(LeftOut, "Server", "-p:WsAotSslStream=true", "-p:WsAotSocketsTransport=false");
    }

    [RequiresLinkerFact]
    public async Task A_static_file_that_cannot_be_made_is_an_error()
    {
        const string OnWindows = "WsAotStatic makes a file for Linux, and this is win-x64: say -r linux-x64, or leave out WsAotStatic.";
        await ExpectErrorAsync(OnWindows, "Server", "-p:WsAotStatic=true", "-p:RuntimeIdentifier=win-x64");
        const string Loading = "A static file cannot load OpenSSL: say WsAotTls=static to link it, or WsAotTls=false.";
        await ExpectErrorAsync(Loading, "Server", "-p:WsAotStatic=true", "-p:WsAotTls=true");
        const string Managed = "WsAotStatic needs NativeAOT: set the property PublishAot to true in the project.";
        await ExpectErrorAsync(Managed, "Tester", "-p:WsAotStatic=true", "-p:_IsPublishing=true");
    }

    private async Task<Dictionary<string, string>> ReadAsync(string project, params string[] properties)
    {
        await packages.BuildAsync();
        CommandResult result = await packages.DotNetAsync([
            "msbuild", project, .. properties, "-getProperty:OptimizationPreference,ConcurrentGarbageCollection,InvariantGlobalization,"
            + "EventSourceSupport,StripSymbols,CopyOutputSymbolsToPublishDirectory,StaticExecutable,IlcDehydrate"]);
        Assert.True(result.ExitCode == 0, result.All);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("Properties").Deserialize<Dictionary<string, string>>()!;
    }

    private async Task ExpectErrorAsync(string text, string project, params string[] properties)
    {
        await packages.BuildAsync();
        // The target that looks at them is the first of a build, and needs no restored platform.
        CommandResult result = await packages.DotNetAsync(["msbuild", project, "-t:WsAotCheckProperties", .. properties]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"error : {text}", result.Output, StringComparison.Ordinal);
    }
}
