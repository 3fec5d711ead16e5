using System.Runtime.InteropServices;

namespace WsAot.Native.Tests.Harness;

/// <summary>Which tools the machine has, and the package that brings one it lacks.</summary>
internal static class Tools
{
    private const string PowerShellVersion = "7.6.9";
    private const string DocFxVersion = "2.81.0";

    /// <summary>Where Debian keeps the sources of Go packages.</summary>
    public const string GoPath = "/usr/share/gocode";

    /// <summary>Where Debian keeps Apache's modules.</summary>
    public const string ApacheModules = "/usr/lib/apache2/modules";

    private static readonly Lazy<string?> s_python = new(FindPython);
    private static readonly Lazy<string?> s_powerShell = new(FindPowerShell);
    private static readonly Lazy<string?> s_env = new(FindGnuEnv);
    private static readonly Lazy<bool> s_hasOpenSslArchives = new(FindOpenSslArchives);
    private static readonly Lazy<string?> s_chromium = new(() => Executable.Find("chromium", "chromium-browser", "google-chrome"));

    public static string Node => Executable.Find("node") ?? throw new InvalidOperationException(WhyNot(Tool.Node));

    public static string Npm => Executable.Find("npm") ?? throw new InvalidOperationException(WhyNot(Tool.Node));

    public static string Python => s_python.Value ?? throw new InvalidOperationException(WhyNot(Tool.Python));

    public static string Chromium => s_chromium.Value ?? throw new InvalidOperationException(WhyNot(Tool.Chromium));

    public static string Valgrind => Executable.Find("valgrind") ?? throw new InvalidOperationException(WhyNot(Tool.Valgrind));

    /// <summary>PowerShell's assembly: <see cref="DotNet"/> runs it, so that a test may put a `dotnet` of its own on the PATH.</summary>
    public static string PowerShell => s_powerShell.Value ?? throw new InvalidOperationException(WhyNot(Tool.PowerShell));

    public static string GnuEnv => s_env.Value ?? throw new InvalidOperationException(WhyNot(Tool.GnuEnv));

    public static string Java => Executable.Find("java") ?? throw new InvalidOperationException(WhyNot(Tool.Java));

    public static string Go => Executable.Find("go") ?? throw new InvalidOperationException(WhyNot(Tool.Go));

    public static string Nginx => FindDaemon("nginx") ?? throw new InvalidOperationException(WhyNot(Tool.Nginx));

    public static string HAProxy => FindDaemon("haproxy") ?? throw new InvalidOperationException(WhyNot(Tool.HAProxy));

    public static string Apache => FindDaemon("apache2") ?? throw new InvalidOperationException(WhyNot(Tool.Apache));

    public static string Buildah => Executable.Find("buildah") ?? throw new InvalidOperationException(WhyNot(Tool.Buildah));

    public static string SystemdAnalyze =>
        Executable.Find("systemd-analyze") ?? throw new InvalidOperationException(WhyNot(Tool.Systemd));

    public static string SystemdSocketActivate =>
        Executable.Find("systemd-socket-activate") ?? throw new InvalidOperationException(WhyNot(Tool.Systemd));

    public static string OpenSsl => Executable.Find("openssl") ?? throw new InvalidOperationException(WhyNot(Tool.OpenSsl));

    public static string Curl => Executable.Find("curl") ?? throw new InvalidOperationException(WhyNot(Tool.Curl));

    public static string Skopeo => Executable.Find("skopeo") ?? throw new InvalidOperationException(WhyNot(Tool.Skopeo));

    public static string Promtool => Executable.Find("promtool") ?? throw new InvalidOperationException(WhyNot(Tool.Promtool));

    /// <summary>The command that runs a program for arm64: the program itself on such a machine, elsewhere qemu with its libc.</summary>
    public static string[] CommandForArm64(string program)
    {
        if (IsArm64) return [program];
        string emulator = FindEmulator() ?? throw new InvalidOperationException(WhyNot(Tool.EmulatorForArm64));
        return [emulator, "-L", "/usr/aarch64-linux-gnu", program];
    }

    /// <summary>Why a test that needs these tools cannot run here; null if it can.</summary>
    public static string? WhyNot(Tool tools)
    {
        if (!OperatingSystem.IsLinux()) return "these tests start the published file with Linux's signals and tools";
        if (Executable.Find("clang", "gcc") is null) return "install the Debian package gcc";
        if (tools.HasFlag(Tool.Node) && (Executable.Find("node") is null || Executable.Find("npm") is null))
        {
            return "install the Debian packages nodejs and npm";
        }

        if (tools.HasFlag(Tool.Python) && s_python.Value is null) return "install the Debian package python3-websockets";
        if (tools.HasFlag(Tool.Chromium) && s_chromium.Value is null) return "install the Debian package chromium";
        if (tools.HasFlag(Tool.Valgrind) && Executable.Find("valgrind") is null) return "install the Debian package valgrind";
        if (tools.HasFlag(Tool.PowerShell) && s_powerShell.Value is null)
        {
            return "install the .NET tool PowerShell: dotnet tool install --tool-path artifacts/tools PowerShell --version "
                + $"{PowerShellVersion}";
        }

        if (tools.HasFlag(Tool.LinkerForArm64) && !LinksForArm64())
        {
            return "install the Debian packages gcc-aarch64-linux-gnu and libc6-dev-arm64-cross";
        }

        if (tools.HasFlag(Tool.DocFx) && !Directory.Exists(Path.Combine(ToolStore, "docfx", DocFxVersion)))
        {
            return $"install the .NET tool docfx: dotnet tool install --tool-path artifacts/tools docfx --version {DocFxVersion}";
        }

        if (tools.HasFlag(Tool.GnuEnv) && s_env.Value is null) return "install the Debian package coreutils";
        if (tools.HasFlag(Tool.Promtool) && Executable.Find("promtool") is null) return "install the Debian package prometheus";
        return WhyNoClient(tools) ?? WhyNoTls(tools) ?? WhyNoProxy(tools) ?? WhyNoContainer(tools);
    }

    /// <summary>Where the .NET tools of this clone are.</summary>
    private static string ToolStore => Path.Combine(Repository.Root, "artifacts", "tools", ".store");

    private static bool IsArm64 => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    private static string? WhyNoClient(Tool tools)
    {
        // Running a source file takes the compiler, which a runtime alone does not have.
        if (tools.HasFlag(Tool.Java) && Executable.Find("javac") is null) return "install the Debian package default-jdk-headless";
        if (tools.HasFlag(Tool.Go)
            && (Executable.Find("go") is null || !Directory.Exists(Path.Combine(GoPath, "src/github.com/gorilla/websocket"))))
        {
            return "install the Debian packages golang-go and golang-github-gorilla-websocket-dev";
        }

        if (tools.HasFlag(Tool.EmulatorForArm64) && !IsArm64 && FindEmulator() is null)
        {
            return "install the Debian package qemu-user-static";
        }

        return null;
    }

    private static string? WhyNoTls(Tool tools)
    {
        if (tools.HasFlag(Tool.OpenSsl) && Executable.Find("openssl") is null) return "install the Debian package openssl";
        if (tools.HasFlag(Tool.Curl) && Executable.Find("curl") is null) return "install the Debian package curl";
        if (tools.HasFlag(Tool.OpenSslArchives) && !s_hasOpenSslArchives.Value) return "install the Debian package libssl-dev";
        return null;
    }

    private static string? WhyNoProxy(Tool tools)
    {
        if (tools.HasFlag(Tool.NatsServer) && FindDaemon("nats-server") is null) return "install the Debian package nats-server";
        if (tools.HasFlag(Tool.Nginx) && FindDaemon("nginx") is null) return "install the Debian package nginx-light";
        if (tools.HasFlag(Tool.HAProxy) && FindDaemon("haproxy") is null) return "install the Debian package haproxy";
        if (tools.HasFlag(Tool.Apache) && (FindDaemon("apache2") is null || !Directory.Exists(ApacheModules)))
        {
            return "install the Debian package apache2-bin";
        }

        return null;
    }

    private static string? WhyNoContainer(Tool tools)
    {
        if (tools.HasFlag(Tool.Buildah) && Executable.Find("buildah") is null) return "install the Debian package buildah";
        if (tools.HasFlag(Tool.Skopeo) && Executable.Find("skopeo") is null) return "install the Debian package skopeo";
        if (tools.HasFlag(Tool.Systemd) && Executable.Find("systemd-analyze") is null) return "install the Debian package systemd";
        if (tools.HasFlag(Tool.Chroot) && !Environment.IsPrivilegedProcess) return "run it as root, who can run a program in another root";
        return null;
    }

    private static string? FindEmulator() => Executable.Find("qemu-aarch64-static", "qemu-aarch64");

    // Debian has them in a folder that is not on every user's PATH.
    private static string? FindDaemon(string name) =>
        Executable.Find(name) ?? new[] { "/usr/sbin/" + name }.FirstOrDefault(File.Exists);

    // Debian's package serves Debian's Python, which is not the first on every PATH.
    private static string? FindPython() =>
        new[] { "/usr/bin/python3", Executable.Find("python3") }.FirstOrDefault(python =>
            File.Exists(python) && Command.RunAsync(python, ["-c", "import websockets"]).GetAwaiter().GetResult().ExitCode == 0);

    // Of the version that .ci/run installs, in the folder that it installs it to.
    private static string? FindPowerShell()
    {
        string package = Path.Combine(ToolStore, "powershell", PowerShellVersion);
        if (!Directory.Exists(package)) return null;
        return Directory.EnumerateFiles(package, "pwsh.dll", SearchOption.AllDirectories).FirstOrDefault(IsForUnix);

        static bool IsForUnix(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "unix";
    }

    // Cross-compiling is what needs a compiler of its own.
    private static bool LinksForArm64() =>
        IsArm64 || (Executable.Find("aarch64-linux-gnu-gcc") is not null && Directory.Exists("/usr/aarch64-linux-gnu/include"));

    // A compiler that does not find a file says its name alone.
    private static bool FindOpenSslArchives()
    {
        string compiler = Executable.Find("clang", "gcc")!;
        CommandResult answer = Command.RunAsync(compiler, ["-print-file-name=libssl.a"]).GetAwaiter().GetResult();
        return Path.IsPathRooted(answer.Output.Trim());
    }

    // Others have an env without this option.
    private static string? FindGnuEnv()
    {
        if (Executable.Find("env") is not { } env) return null;
        return Command.RunAsync(env, ["--default-signal=INT", "true"]).GetAwaiter().GetResult().ExitCode == 0 ? env : null;
    }
}
