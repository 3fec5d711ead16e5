namespace WsAot.Packages.Tests.Harness;

/// <summary>A fact that is skipped where nothing can link a native file.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresLinkerFactAttribute : FactAttribute
{
    public RequiresLinkerFactAttribute() => Skip = WhyNot();

    /// <summary>Why not; null if something can.</summary>
    internal static string? WhyNot()
    {
        if (!OperatingSystem.IsLinux()) return "these tests start the published file with Linux's signals and tools";
        return Executable.Find("clang", "gcc") is null ? "install the Debian package gcc" : null;
    }
}
