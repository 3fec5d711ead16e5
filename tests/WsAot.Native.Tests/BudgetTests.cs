using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>What the file may cost in size, instructions until it listens, and memory, in budgets.json.</summary>
[Collection(PublishedFile.Name)]
public sealed class BudgetTests(PublishedApp app)
{
    [RequiresFact]
    public void The_size_of_the_file() => Budgets.Expect(new FileInfo(app.File).Length, "fileBytes");

    [RequiresFact]
    public async Task The_size_of_a_file_whose_handlers_have_no_JSON_RPC_methods_and_that_does_not_describe_itself_and_what_these_cost()
    {
        string file = await app.FileWithoutJsonRpcAsync();
        long without = new FileInfo(file).Length;
        Budgets.Expect(without, "fileBytesWithoutJsonRpc");
        Budgets.Expect(new FileInfo(app.File).Length - without, "jsonRpcBytes");

        // Each application has a document of OpenRPC, be it an empty one, unless the switch leaves it out.
        Assert.True(await HasAsync(app.File, "\"openrpc\": \""u8.ToArray()));
        Assert.False(await HasAsync(file, "\"openrpc\": \""u8.ToArray()));

        // Metadata of types has their names. What reads wsaot.json and writes the log is System.Text.Json's, too, but not its serializer.
        foreach (string name in (string[])["JsonRpc", "JsonTypeInfo"])
        {
            Assert.True(await HasAsync(app.File, Encoding.UTF8.GetBytes(name)));
            Assert.False(await HasAsync(file, Encoding.UTF8.GetBytes(name)));
        }
    }

    private static async Task<bool> HasAsync(string file, byte[] text) => (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(text) >= 0;

    [RequiresFact(Tool.Valgrind)]
    public async Task The_instructions_from_its_start_until_it_listens()
    {
        // Whatever disturbs a run can only add to it.
        long least = long.MaxValue;
        for (int run = 0; run < 3; run++) least = Math.Min(least, await CountedServer.CountStartAsync(app));
        Budgets.Expect(least, "startInstructions");
    }

    [RequiresFact]
    public Task The_resident_memory_of_an_idle_server() => ExpectIdleMemoryAsync("idleResidentBytes", app.File);

    [RequiresFact]
    public async Task The_resident_memory_of_an_idle_server_without_JSON_RPC() =>
        await ExpectIdleMemoryAsync("idleResidentBytesWithoutJsonRpc", await app.FileWithoutJsonRpcAsync());

    private static async Task ExpectIdleMemoryAsync(string name, string file)
    {
        // Two loops, whatever the machine has: each costs its buffers and its thread.
        await using ServerProcess server = await ServerProcess.StartAsync(
            file, ["--urls", "ws://127.0.0.1:0", "--loops", "2"], PublishedApp.NewWorkingFolder());
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
            await connection.SendAsync(RawConnection.Frame(0x81, "awake"u8));
            await connection.ReadFrameAsync();
        }

        long bytes = await server.ResidentBytesAsync();
        await server.StopAsync();
        Budgets.Expect(bytes, name);
    }
}
