using WsAot.Bench.Building;

namespace WsAot.Bench.Profiling;

/// <summary>The published file with the names of its functions, which the shipped one has not; the code is the same.</summary>
internal static class SymbolBuild
{
    private static readonly string s_folder = Artifacts.PathOf("wsaot-symbols");

    public static string File { get; } = Path.Combine(s_folder, "wsaot");

    // Intermediate files of its own, or the next ordinary publishing would take this one for up to date.
    public static Task PublishAsync() =>
        Command.PublishAsync("src/WsAot.App", s_folder, "-p:StripSymbols=false", "--artifacts-path", Artifacts.PathOf("obj"));
}
