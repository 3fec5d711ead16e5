using System.Runtime.InteropServices;

namespace WsAot.Bench.Servers;

/// <summary>The published file, with epoll, at a <c>wss</c> address.</summary>
internal sealed class WsAotTlsServer(WsAotServer plain) : BenchServer(ServerName)
{
    public const string ServerName = $"{WsAotServer.EpollName}, wss";

    public override string? Published => plain.Published;

    public override Launch Launch(Workload workload, int port) => plain.Launch(workload with { IsSecure = true }, port);

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        string? missing = await plain.PrepareAsync(isBuilding);
        Version = plain.Version;
        return missing ?? (NativeLibrary.TryLoad("libssl.so.3", out _) ? null : "install the Debian package libssl3");
    }
}
