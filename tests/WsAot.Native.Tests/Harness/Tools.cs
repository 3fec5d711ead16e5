namespace WsAot.Native.Tests.Harness;

/// <summary>Which tools the machine has, and the package that brings one it lacks.</summary>
internal static class Tools
{
    private static readonly Lazy<string?> s_python = new(FindPython);
    private static readonly Lazy<string?> s_chromium = new(() => Executable.Find("chromium", "chromium-browser", "google-chrome"));

    public static string Node => Executable.Find("node") ?? throw new InvalidOperationException(WhyNot(Tool.Node));

    public static string Npm => Executable.Find("npm") ?? throw new InvalidOperationException(WhyNot(Tool.Node));

    public static string Python => s_python.Value ?? throw new InvalidOperationException(WhyNot(Tool.Python));

    public static string Chromium => s_chromium.Value ?? throw new InvalidOperationException(WhyNot(Tool.Chromium));

    public static string Valgrind => Executable.Find("valgrind") ?? throw new InvalidOperationException(WhyNot(Tool.Valgrind));

    /// <summary>Why a test that needs these tools cannot run here; null if it can.</summary>
    public static string? WhyNot(Tool tools)
    {
        if (!OperatingSystem.IsLinux()) return "these tests start the published file with Linux's signals and tools";
        if (Executable.Find("clang", "gcc") is null) return "install the Debian package gcc";
        if (tools.HasFlag(Tool.Node) && (Executable.Find("node") is null || Executable.Find("npm") is null)) return "install the Debian packages nodejs and npm";
        if (tools.HasFlag(Tool.Python) && s_python.Value is null) return "install the Debian package python3-websockets";
        if (tools.HasFlag(Tool.Chromium) && s_chromium.Value is null) return "install the Debian package chromium";
        if (tools.HasFlag(Tool.Valgrind) && Executable.Find("valgrind") is null) return "install the Debian package valgrind";
        return null;
    }

    // Debian's package serves Debian's Python, which is not the first on every PATH.
    private static string? FindPython() =>
        new[] { "/usr/bin/python3", Executable.Find("python3") }.FirstOrDefault(python =>
            File.Exists(python) && Command.RunAsync(python, ["-c", "import websockets"]).GetAwaiter().GetResult().ExitCode == 0);
}
