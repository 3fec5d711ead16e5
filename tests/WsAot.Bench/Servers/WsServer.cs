using System.Globalization;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>The npm package ws on Node.js: Ws/echo.mjs.</summary>
internal sealed class WsServer() : BenchServer("ws")
{
    private const string Package = "ws@8.23.0";

    private static readonly string s_file = Artifacts.PathOf("ws", "echo.mjs");

    private string _node = "node";

    public override Launch Launch(Workload workload, int port)
    {
        string[] arguments = [s_file, port.ToString(CultureInfo.InvariantCulture)];
        return new Launch(_node, workload.IsCompressed ? [.. arguments, "deflate"] : arguments);
    }

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        if (Executable.Find("node") is not { } node || Executable.Find("npm") is not { } npm)
        {
            return "install the Debian packages nodejs and npm";
        }

        _node = node;
        Version = $"{Package}, node {(await Command.RunAsync(node, ["--version"])).Trim()}";
        if (!isBuilding) return null;
        File.Copy(Path.Combine(Artifacts.Sources, "Ws", "echo.mjs"), s_file, overwrite: true);
        try
        {
            await Command.RunAsync(npm, ["install", "--prefix", Path.GetDirectoryName(s_file)!, "--no-audit", "--no-fund", Package]);
            return null;
        }
        catch (BenchException exception)
        {
            return $"the package {Package} cannot be installed: {exception.Message}";
        }
    }
}
