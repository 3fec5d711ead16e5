using System.Runtime.Intrinsics.X86;
using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests;

/// <summary>The file for x64 processors with AVX2 serves on such a processor, and says on an older one why it does not.</summary>
[Collection(PublishedFile.Name)]
public sealed class ProcessorTests(PublishedApp app)
{
    [RequiresFact(Tool.EmulatorForArm64)]
    public async Task The_file_for_AVX2_serves_and_says_what_an_older_processor_lacks()
    {
        // Other processors, such as arm64, have no such file.
        if (!Avx2.IsSupported) return;
        string file = await app.FileForAvx2Async();
        Assert.NotEqual(new FileInfo(app.File).Length, new FileInfo(file).Length);
        await using ServerProcess server = await ServerProcess.StartAsync(
            file, ["--urls", "ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder());
        using (RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo"))
        {
            // Long enough for vectors, and with letters that are not ASCII.
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("caf\u00E9 \u20AC \U0001F600 ", 100)));
            await connection.SendAsync(RawConnection.Frame(0x81, text));
            Assert.Equal(text, (await connection.ReadFrameAsync()).Payload);
        }

        await server.StopAsync();

        // The package that emulates arm64 has x64, too.
        CommandResult old = await Command.RunAsync("qemu-x86_64-static", ["-cpu", "Nehalem", file, "--version"], Repository.Root);
        Assert.NotEqual(0, old.ExitCode);
        Assert.Contains("The required instruction sets are not supported by the current CPU.", old.All, StringComparison.Ordinal);
    }
}
