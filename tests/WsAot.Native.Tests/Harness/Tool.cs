namespace WsAot.Native.Tests.Harness;

/// <summary>What a test needs on the machine besides the SDK and a C compiler.</summary>
[Flags]
public enum Tool
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Node.js and npm, for the package ws.</summary>
    Node = 1,

    /// <summary>Python with the library websockets.</summary>
    Python = 2,

    /// <summary>A Chromium that playwright can drive.</summary>
    Chromium = 4,

    /// <summary>valgrind, whose callgrind counts instructions.</summary>
    Valgrind = 8,

    /// <summary>PowerShell, as a .NET tool in this clone.</summary>
    PowerShell = 16,

    /// <summary>A gcc that links for arm64.</summary>
    LinkerForArm64 = 32,

    /// <summary>GNU's env, which sets what a program does about signals.</summary>
    GnuEnv = 64,

    /// <summary>A JDK, whose java.net.http has a WebSocket client.</summary>
    Java = 128,

    /// <summary>Go with the package gorilla/websocket.</summary>
    Go = 256,

    Nginx = 512,

    HAProxy = 1024,

    /// <summary>Apache's HTTP server.</summary>
    Apache = 2048,

    /// <summary>qemu, which runs programs for arm64 on other processors.</summary>
    EmulatorForArm64 = 4096,

    /// <summary>buildah, which builds images without a service.</summary>
    Buildah = 8192,

    /// <summary>skopeo, which reads images.</summary>
    Skopeo = 16384,

    /// <summary>The rights to run a program in another root.</summary>
    Chroot = 32768,

    /// <summary>systemd-analyze, which checks units without running them.</summary>
    Systemd = 65536,

    /// <summary>openssl, whose s_client asks a server for what it speaks.</summary>
    OpenSsl = 131072,

    Curl = 262144,

    /// <summary>OpenSSL's archives, which are linked into a static file.</summary>
    OpenSslArchives = 524288,

    /// <summary>promtool, which reads metrics, rules and configurations of Prometheus.</summary>
    Promtool = 1048576,

    /// <summary>nats-server, which connects servers.</summary>
    NatsServer = 2097152,

    /// <summary>docfx, as a .NET tool in this clone, which makes the site.</summary>
    DocFx = 4194304,
}
