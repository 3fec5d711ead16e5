namespace WsAot.CommandLine;

/// <summary>Whether the program runs in a container, where nothing outside can reach the default address, 127.0.0.1.</summary>
internal static class Container
{
    // The files that Docker and Podman create, and the variables that Kubernetes and Microsoft's images set.
    private static readonly string[] s_files = ["/.dockerenv", "/run/.containerenv"];
    private static readonly string[] s_variables = ["KUBERNETES_SERVICE_HOST", "DOTNET_RUNNING_IN_CONTAINER", "container"];

    /// <summary>Whether this process runs in a container.</summary>
    public static bool IsInside() =>
        Array.Exists(s_variables, static name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        || Array.Exists(s_files, File.Exists);
}
