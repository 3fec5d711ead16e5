using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Samples;

/// <summary>A sample of src/WsAot.Templates, as tests/WsAot.Samples has compiled it.</summary>
internal static class Sample
{
    /// <summary>The folder of its template.</summary>
    /// <param name="name">As in the name of its project: <c>Whiteboard</c>.</param>
    public static string Folder(string name) =>
        Path.Combine(Repository.Root, "src/WsAot.Templates/templates", "wsaot-" + name.ToLowerInvariant());

    /// <summary>Starts it on a port that is free.</summary>
    public static Task<ServerProcess> StartAsync(string name) =>
        ServerProcess.StartAsync(DotNet.Host, [File(name), "--urls", "ws://127.0.0.1:0"], PublishedApp.NewWorkingFolder());

    /// <summary>What it says of itself.</summary>
    public static async Task<string> DescribeAsync(string name, params IEnumerable<string> arguments)
    {
        CommandResult result = await Command.RunAsync(DotNet.Host, [File(name), "--describe", .. arguments]);
        Assert.True(result.ExitCode == 0, result.All);
        return result.Output;
    }

    /// <summary>Its assembly, which is built before this project, in the same configuration.</summary>
    public static string File(string name)
    {
        string output = Path.GetRelativePath(Path.Combine(Repository.Root, "tests/WsAot.Native.Tests"), AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "tests/WsAot.Samples", name, output, name + ".dll");
    }
}
