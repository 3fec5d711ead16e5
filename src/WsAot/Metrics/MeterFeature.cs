using System.Diagnostics.CodeAnalysis;

namespace WsAot.Metrics;

/// <summary>
/// Whether the application publishes its metrics as a <see cref="System.Diagnostics.Metrics.Meter"/> and its JSON-RPC calls as activities,
/// for OpenTelemetry and similar tools. Off by default: the admin listener does not need it.
/// </summary>
internal static class MeterFeature
{
    /// <summary>
    /// To turn it on, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Meter</c> to true with <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Meter")]
    internal static bool IsSupported { get; } = AppContext.TryGetSwitch("WsAot.Meter", out bool isSupported) && isSupported;
}
