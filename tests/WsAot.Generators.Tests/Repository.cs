using System.Reflection;

namespace WsAot.Generators.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    public static string TestProject { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "ProjectDirectory").Value!;

    public static string HelpPages { get; } = Path.GetFullPath(Path.Combine(TestProject, "../../docs/reference/diagnostics"));

    public static string Root { get; } = Path.GetFullPath(Path.Combine(TestProject, "../.."));

    public static string Generator { get; } = Path.GetFullPath(Path.Combine(TestProject, "../../generators/WsAot.Generators"));
}
