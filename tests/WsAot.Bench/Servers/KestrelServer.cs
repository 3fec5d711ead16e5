using System.Globalization;
using WsAot.Bench.Building;

namespace WsAot.Bench.Servers;

/// <summary>An echo with ASP.NET Core, published with NativeAOT: tests/WsAot.Bench.Kestrel.</summary>
internal sealed class KestrelServer() : BenchServer("kestrel")
{
    private static readonly string s_folder = Artifacts.PathOf("kestrel");
    private static readonly string s_file = Path.Combine(s_folder, "WsAot.Bench.Kestrel");

    public override string Published => s_file;

    public override Launch Launch(Workload workload, int port) => new(s_file, [port.ToString(CultureInfo.InvariantCulture)]);

    protected override async Task<string?> BuildAsync(bool isBuilding)
    {
        if (isBuilding)
        {
            try
            {
                await Command.PublishAsync("tests/WsAot.Bench.Kestrel", s_folder);
            }
            catch (BenchException exception) when (exception.Message.Contains("error NU", StringComparison.Ordinal))
            {
                return $"a pack of ASP.NET Core cannot be restored: {exception.Message}";
            }
        }

        Version = (await Command.RunAsync(s_file, ["--version"])).Trim();
        return null;
    }
}
