using System.Globalization;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>The published file, with one of its transports.</summary>
internal sealed class WsAotServer(string transport) : BenchServer($"wsaot {transport}")
{
    public const string EpollName = "wsaot epoll";

    private static readonly string s_folder = Artifacts.PathOf("wsaot");
    private static readonly string s_file = Path.Combine(s_folder, "wsaot");

    // One file for all transports.
    private static Task? s_publishing;

    public override string Published => s_file;

    public override Launch Launch(Workload workload, int port) => LaunchOf(s_file, transport, workload, port);

    /// <summary>How to start any build of ours.</summary>
    public static Launch LaunchOf(string file, string transport, Workload workload, int port) => new(file,
    [
        "--urls", $"{workload.Scheme}://127.0.0.1:{port}",
        "--transport", transport,
        "--loops", workload.Loops.ToString(CultureInfo.InvariantCulture),
        "--compression", workload.IsCompressed ? "shared" : "none",
        .. workload.IsSecure
            ? (string[])["--tls-certificate-file", BenchCertificate.CertificateFile, "--tls-key-file", BenchCertificate.KeyFile]
            : [],
    ]);

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        if (isBuilding)
        {
            if (Executable.Find("clang", "gcc") is null) return "install the Debian package gcc";
            await (s_publishing ??= Command.PublishAsync("src/WsAot.App", s_folder));
        }

        Version = (await Command.RunAsync(s_file, ["--version"])).Trim();
        return null;
    }
}
