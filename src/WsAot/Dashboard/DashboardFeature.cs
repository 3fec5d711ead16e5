using System.Diagnostics.CodeAnalysis;

namespace WsAot.Dashboard;

/// <summary>Whether the admin listener has the dashboard. It needs JSON-RPC, which an application may not use itself.</summary>
internal static class DashboardFeature
{
    /// <summary>
    /// To turn it off, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Dashboard</c> to false with <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Dashboard")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Dashboard", out bool isSupported) || isSupported;
}
