using System.Reflection;

namespace WsAot.Server;

/// <summary>The version of the application.</summary>
internal static class ApplicationVersion
{
    // WsAot.targets sets it, with the suffix and the commit. Reading the assembly's attribute would add 0.4 MB to the native file.
    public static string Text =>
        AppContext.GetData("WsAot.ApplicationVersion") as string ?? Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "";
}
