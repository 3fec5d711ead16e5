using System.Net;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>Whether the program runs in a container, where a loopback address is one that nobody can reach.</summary>
internal static class Container
{
    // Docker's and Podman's marks, and what Kubernetes and Microsoft's images set.
    private static readonly string[] s_files = ["/.dockerenv", "/run/.containerenv"];
    private static readonly string[] s_variables = ["KUBERNETES_SERVICE_HOST", "DOTNET_RUNNING_IN_CONTAINER", "container"];

    /// <summary>Whether the server is to listen on loopback addresses alone, in a container.</summary>
    /// <exception cref="ArgumentException">An address is invalid.</exception>
    public static bool IsUnreachable(WsServerOptions options) =>
        IsInside() && ListenAddress.ParseAll(options.Urls).All(static address => IPAddress.IsLoopback(address.Address));

    private static bool IsInside() =>
        Array.Exists(s_variables, static name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        || Array.Exists(s_files, File.Exists);
}
