using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using WsAot.Packages.Tests.Harness;

namespace WsAot.Packages.Tests;

/// <summary>A project with one reference and one handler, published as its owner would.</summary>
[Collection(Work.Name)]
public sealed partial class PublishTests(PackedPackages packages)
{
    // Each of the other value than the default.
    private static readonly string[] s_otherValues =
        ["-p:WsAotCompression=false", "-p:WsAotDescribe=false", "-p:WsAotTls=false", "-p:WsAotSocketsTransport=true"];

    // What only one feature has in the native file.
    private static readonly Dictionary<string, byte[]> s_traces = new()
    {
        ["WsAotCompression"] = " inflate 1."u8.ToArray(),
        ["WsAotDescribe"] = "\"openrpc\": \""u8.ToArray(),
        ["WsAotTls"] = "ECDHE-ECDSA-"u8.ToArray(),
        ["WsAotSocketsTransport"] = "TryUnblockSocket"u8.ToArray(),
    };

    [RequiresLinkerFact]
    public async Task One_reference_makes_one_file_without_a_warning()
    {
        (string file, string output) = await packages.PublishAsync("Server");
        Assert.DoesNotMatch(Warning(), output);
        Assert.Equal([file], Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!));
        Budget.Expect(new FileInfo(file).Length, "fileBytes");
    }

    [RequiresLinkerFact]
    public async Task It_needs_the_c_library_and_no_other()
    {
        (string file, _) = await packages.PublishAsync("Server");
        CommandResult ldd = await RunAsync("ldd", file);
        Assert.Contains("libc.so.6", ldd.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(OtherLibrary(), ldd.Output);
    }

    [RequiresLinkerFact]
    public async Task It_echoes_in_the_memory_that_the_repositorys_own_application_takes()
    {
        (string file, _) = await packages.PublishAsync("Server");
        // Two loops, whatever the machine has: each costs its buffers and its thread.
        await using ServerProcess server = await ServerProcess.StartAsync(
            file, ["--urls", "ws://127.0.0.1:0", "--loops", "2"], packages.Root);
        using (ClientWebSocket client = new())
        {
            await client.ConnectAsync(new Uri(server.Url + "/echo"), CancellationToken.None);
            await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            byte[] answer = new byte[64];
            WebSocketReceiveResult result = await client.ReceiveAsync(answer, CancellationToken.None);
            Assert.Equal("hello", Encoding.UTF8.GetString(answer, 0, result.Count));
        }

        long bytes = await server.ResidentBytesAsync();
        await server.StopAsync();
        Budget.Expect(bytes, "idleResidentBytesWithoutJsonRpc", Budget.OfTheApp);
    }

    [RequiresLinkerFact]
    public async Task It_says_the_version_of_its_own_project()
    {
        (string file, _) = await packages.PublishAsync("Server");
        CommandResult version = await RunAsync(file, "--version");
        Assert.Equal("Server 3.2.1-beta.1\n", version.Output);
    }

    [RequiresLinkerFact]
    public async Task Each_switch_leaves_its_feature_out_of_the_file()
    {
        (string file, _) = await packages.PublishAsync("Server");
        (string other, string output) = await packages.PublishAsync("ServerOfOtherValues", s_otherValues);
        Assert.DoesNotMatch(Warning(), output);
        Budget.Expect(new FileInfo(other).Length, "fileBytesOfOtherValues");
        Assert.All(s_traces, trace =>
        {
            (string with, string without) = trace.Key == "WsAotSocketsTransport" ? (other, file) : (file, other);
            Assert.True(Has(with, trace.Value), $"The file has no trace of {trace.Key}.");
            Assert.False(Has(without, trace.Value), $"{trace.Key} leaves a trace in the file.");
        });
    }

    private static bool Has(string file, byte[] text) => File.ReadAllBytes(file).AsSpan().IndexOf(text) >= 0;

    private Task<CommandResult> RunAsync(string file, params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Describe(file, arguments, packages.Root, ServerProcess.Environment(null)));

    // "warning IL2026:" and the like, from the compiler, the trimmer, ILC or the build.
    [GeneratedRegex(@"\bwarning\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    [GeneratedRegex(@"^\s*(?!linux-vdso|/\S*ld-linux|libc\.so\.6|libm\.so\.6)\S+", RegexOptions.Multiline)]
    private static partial Regex OtherLibrary();
}
