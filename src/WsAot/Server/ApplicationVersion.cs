using System.Reflection;

namespace WsAot.Server;

/// <summary>The version of the application.</summary>
internal static class ApplicationVersion
{
    // WsAot.targets writes it down, with the suffix and the commit: reading the assembly's attribute would cost 0.4 MB of the native file.
    public static string Text =>
        AppContext.GetData("WsAot.ApplicationVersion") as string ?? Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "";
}
