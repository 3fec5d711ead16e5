using System.Diagnostics.Metrics;
using WsAot.Admin;
using WsAot.Dashboard;
using WsAot.Metrics;
using WsAot.Routing;
using WsAot.Server;

namespace WsAot;

/// <summary>The admin listener and the metrics.</summary>
public sealed partial class WsServer
{
    private readonly AdminServer? _admin;
    private readonly MeterBridge? _meter;

    /// <summary>
    /// The addresses of the admin listener, such as <c>http://127.0.0.1:9090</c>. Empty before the start, and without
    /// <see cref="WsServerOptions.AdminUrls"/>.
    /// </summary>
    public IReadOnlyList<string> AdminUrls => _admin?.Urls ?? [];

    /// <summary>The meter that publishes the server's metrics; null if nothing listens to it.</summary>
    internal Meter? Meter => MeterFeature.IsSupported ? _meter?.Meter : null;

    private (MeterBridge? Meter, AdminServer? Admin) Observe(WsServerBuilder builder)
    {
        MeterBridge? meter = null;
        if (MeterFeature.IsSupported)
        {
            meter = new MeterBridge(new ServerMetrics(Context, _lifetime), builder.TimeProvider);
            Context.Durations = meter.Durations;
        }

        return (meter, AdminFeature.IsSupported && Options.AdminUrls.Length > 0 ? CreateAdmin(builder) : null);
    }

    private AdminServer CreateAdmin(WsServerBuilder builder)
    {
        var admin = new AdminServer(Context, _lifetime, Create);
        _lifetime.FindAdminListeners = () => FindListeners(admin);
        // From then on, the other process answers requests.
        _lifetime.HandedOver = () => _ = admin.HandOverAsync();
        return admin;

        WsServerBuilder Create()
        {
            WsServerBuilder own = CreateBuilder(DashboardFeature.IsSupported ? WsRoutes.Table : new EmptyRouteTable());
            own.LoggerFactory = new AdminLoggers(builder.LoggerFactory);
            own.TimeProvider = builder.TimeProvider;
            own.CreateTransport = builder.CreateAdminTransport;
            own.Inherited = builder.Inherited?.ForAdmin();
            // Another server of this process already watches the memory.
            own.ReadMemory = static () => default;
            return own;
        }
    }

    /// <summary>The sockets of the admin listener for another process; null if the transport cannot hand them over.</summary>
    private static InheritedListeners? FindListeners(AdminServer admin)
    {
        var listeners = new InheritedListeners();
        if (admin.Shared is null) return listeners;
        if (admin.Shared.Lifetime.FindListeners() is not { } found) return null;
        foreach (InheritedListener listener in found.Sockets) listeners.Add(AdminRules.AdminUrlOf(listener.Address), listener.Socket);
        return listeners;
    }

    /// <summary>Starts the admin listener, then the server.</summary>
    private void StartShown()
    {
        // First, because a failure here leaves nothing to undo, and /readyz can answer "not ready" while the server starts.
        _admin?.Start();
        try
        {
            Urls = _lifetime.Start(_addresses);
        }
        catch
        {
            _admin?.Dispose();
            throw;
        }

        _admin?.Watch();
    }

    /// <summary>The admin listener answers until the server has stopped.</summary>
    private async Task StopWithAdminAsync(AdminServer admin, CancellationToken cancellationToken)
    {
        await _lifetime.StopAsync(cancellationToken).ConfigureAwait(false);
        await admin.DisposeAsync().ConfigureAwait(false);
    }
}
