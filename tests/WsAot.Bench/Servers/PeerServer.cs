using System.Globalization;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>A server that was built elsewhere; it must echo at /echo.</summary>
internal sealed class PeerServer(string name, string command) : BenchServer(name)
{
    private const string Certificate = "{certificate}";

    /// <summary>Whether it speaks TLS, and only TLS: its command then has a placeholder for the certificate.</summary>
    public bool IsSecure => command.Contains(Certificate, StringComparison.Ordinal);

    // The server replaces the shell, so that the measured process is the server. Paths are relative to the user's folder.
    public override Launch Launch(Workload workload, int port)
    {
        string line = command.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (IsSecure)
        {
            line = line.Replace(Certificate, BenchCertificate.CertificateFile, StringComparison.Ordinal)
                .Replace("{key}", BenchCertificate.KeyFile, StringComparison.Ordinal);
        }

        return new Launch("/bin/sh", ["-c", $"cd \"$0\" && exec {line}", Environment.CurrentDirectory], Announces: false);
    }

    protected override Task<string?> BuildAsync(bool isBuilding)
    {
        Version = command;
        return Task.FromResult<string?>(null);
    }
}
