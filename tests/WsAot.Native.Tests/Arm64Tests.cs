using System.Text.Json;
using WsAot.Conformance.Suite;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>
/// The file that is published for arm64 serves. Vectors, and the layout of what the kernel is given, differ there. On another processor it
/// runs under qemu, which emulates the instructions and passes the system calls on.
/// </summary>
[Collection(PublishedFile.Name)]
public sealed class Arm64Tests(PublishedApp app)
{
    private const Tool Arm64 = Tool.PowerShell | Tool.LinkerForArm64 | Tool.EmulatorForArm64;

    [RequiresTheory(Arm64 | Tool.Node)]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task It_echoes(string transport)
    {
        await using ServerProcess server = await app.StartForArm64Async("--transport", transport);
        foreach (string size in new[] { "0", "125", "126", "65535", "65536", "1048576" })
        {
            JsonElement verdict = await ClientScript.RunAsync("echo.mjs", server.Url + "/echo", size);
            Assert.True(verdict.GetProperty("text").GetProperty("same").GetBoolean(), verdict.ToString());
            Assert.True(verdict.GetProperty("binary").GetProperty("same").GetBoolean(), verdict.ToString());
            Assert.Equal(1000, verdict.GetProperty("code").GetInt32());
        }

        await server.StopAsync();
    }

    [RequiresFact(Arm64 | Tool.Python)]
    public async Task It_publishes_to_the_members_of_a_room()
    {
        // On two loops: what one publishes is posted to the other.
        await using ServerProcess server = await app.StartForArm64Async("--loops", "2");
        JsonElement verdict = await ClientScript.RunAsync("chat.py", server.Url + "/chat", "one", "two");
        JsonElement[] clients = verdict.Objects("clients");
        Assert.Equal(4, clients.Length);
        foreach (JsonElement client in clients)
        {
            string? room = client.GetProperty("room").GetString();
            IEnumerable<string> members = clients
                .Where(other => other.GetProperty("room").GetString() == room)
                .Select(static other => "turn " + other.GetProperty("name").GetString());
            Assert.Equal(members, client.Strings("inTurn"));
        }

        await server.StopAsync();
    }

    [RequiresFact(Arm64 | Tool.Node)]
    public async Task It_answers_JSON_RPC()
    {
        await using ServerProcess server = await app.StartForArm64Async();
        JsonElement verdict = await ClientScript.RunAsync("rpc-websockets.mjs", server.Url + "/rpc");
        Assert.Equal(6, verdict.GetProperty("sum").GetInt32());
        Assert.Equal(0.25, verdict.GetProperty("byName").GetDouble());
        Assert.Equal("[[8,1],[8,2]]", verdict.GetProperty("ticks").GetRawText());
        Assert.Equal("""["a","b",5]""", verdict.GetProperty("together").GetRawText());
        await server.StopAsync();
    }

    // Masks, UTF-8 and compression have code of their own for each processor; limits and large messages do not.
    [RequiresTheory(Arm64)]
    [InlineData("epoll", "shared", 1000, "4", "5", "6", "7", "8", "deflate")]
    [InlineData("sockets", "none", 100, "5.1", "5.2", "5.4")]
    public async Task It_passes_the_conformance_suite(string transport, string compression, int atLeast, params string[] only)
    {
        await using ServerProcess server = await app.StartForArm64Async("--transport", transport, "--compression", compression);
        SuiteOptions options = new()
        {
            Target = new Uri(server.Url + "/echo"),
            Compression = compression != "none",
            Only = only,
            // Guards only: the emulator takes ten times as long as the processor.
            Guard = TimeSpan.FromMinutes(2),
            LargeGuard = TimeSpan.FromMinutes(5),
        };
        await ConformanceRun.ExpectAllToPassAsync(options, atLeast);
        await server.StopAsync();
    }
}
