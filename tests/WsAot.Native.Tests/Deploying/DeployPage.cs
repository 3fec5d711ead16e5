using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Deploying;

/// <summary>docs/how-to/deploy.md and the files beside it.</summary>
internal static class DeployPage
{
    public static string Text { get; } = Read("docs/how-to/deploy.md");

    public static string Kubernetes { get; } = Read("docs/how-to/deploy/kubernetes.yaml");

    public static string Unit { get; } = Read("docs/how-to/deploy/wsaot.service");

    public static string Socket { get; } = Read("docs/how-to/deploy/wsaot.socket");

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
}
