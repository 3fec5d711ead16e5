using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>The file of an application without JSON-RPC methods and without descriptions: shows that unused parts cost nothing.</summary>
internal sealed class WsAotWithoutJsonRpc() : BenchServer(ServerName)
{
    public const string ServerName = "wsaot without JSON-RPC";

    private static readonly string s_folder = Artifacts.PathOf("wsaot-without-json-rpc");
    private static readonly string s_file = Path.Combine(s_folder, "wsaot");

    public override string Published => s_file;

    public override Launch Launch(Workload workload, int port) => WsAotServer.LaunchOf(s_file, "epoll", workload, port);

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        if (isBuilding)
        {
            if (Executable.Find("clang", "gcc") is null) return "install the Debian package gcc";
            // It has its own intermediate files: otherwise the next normal publish would take this build as up to date.
            await Command.PublishAsync(
                "src/WsAot.App", s_folder, "-p:WsAotJsonRpc=false", "-p:WsAotDescribe=false",
                "--artifacts-path", Artifacts.PathOf("obj-without-json-rpc"));
        }

        Version = (await Command.RunAsync(s_file, ["--version"])).Trim();
        return null;
    }
}
