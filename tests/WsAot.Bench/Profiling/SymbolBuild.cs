using WsAot.Bench.Building;

namespace WsAot.Bench.Profiling;

/// <summary>The published file with the names of its functions. The shipped file has the same code without names.</summary>
internal static class SymbolBuild
{
    private static readonly string s_folder = Artifacts.PathOf("wsaot-symbols");

    public static string File { get; } = Path.Combine(s_folder, "wsaot");

    // It has its own intermediate files: otherwise the next normal publish would take this build as up to date.
    public static Task PublishAsync() =>
        Command.PublishAsync("src/WsAot.App", s_folder, "-p:StripSymbols=false", "--artifacts-path", Artifacts.PathOf("obj"));
}
