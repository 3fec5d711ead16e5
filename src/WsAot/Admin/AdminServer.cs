using System.Globalization;
using WsAot.Connections;
using WsAot.Dashboard;
using WsAot.Logging;
using WsAot.Metrics;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.Admin;

/// <summary>
/// The admin listener: a server with one loop of its own that reports on the main server. So it answers while the main server's loops are
/// busy, and until the main server has stopped. A second server listens on the addresses that belong to this process alone: it still
/// answers after another process has taken over the other addresses.
/// </summary>
internal sealed class AdminServer : IAsyncDisposable, IDisposable
{
    private const int MaxConnections = 256;

    /// <summary>A loop that has not answered for this long is reported as dead.</summary>
    private static readonly TimeSpan s_deadAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_probeInterval = TimeSpan.FromMilliseconds(100);

    private readonly ServerContext _context;
    private readonly ServerLifetime _lifetime;
    private readonly ServerMetrics _metrics;
    private readonly AdminAccess _access;
    private LoopDelay[] _delays = [];
    private SampleHistory? _history;
    private ITimer? _probes;
    private ITimer? _samples;

    /// <param name="context">The main server.</param>
    /// <param name="lifetime">The lifetime of the main server.</param>
    /// <param name="create">Creates the builder of a server behind the listener, with its routes, its log and its clock.</param>
    /// <exception cref="WsStartException">The token cannot be read.</exception>
    public AdminServer(ServerContext context, ServerLifetime lifetime, Func<WsServerBuilder> create)
    {
        (_context, _lifetime) = (context, lifetime);
        _metrics = new ServerMetrics(context, lifetime);
        _access = new AdminAccess(AdminRules.ReadToken(context.Options));
        if (DashboardFeature.IsSupported)
        {
            _history = new SampleHistory(_metrics, _context.TimeProvider);
            _context.PeerLog.Recent = new RecentRefusals(_context.TimeProvider);
        }

        Shared = Build(create, isOwn: false);
        Own = Build(create, isOwn: true);
    }

    /// <summary>The server at the addresses that another process may take over; null if there are none.</summary>
    public WsServer? Shared { get; }

    /// <summary>The server at addresses of this process alone; null if there are none.</summary>
    public WsServer? Own { get; }

    /// <summary>The addresses, such as <c>http://127.0.0.1:9090</c>.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    /// <summary>Listens.</summary>
    /// <exception cref="TransportException">The server cannot listen on an address.</exception>
    public void Start()
    {
        Shared?.Start();
        try
        {
            Own?.Start();
        }
        catch
        {
            Shared?.Dispose();
            throw;
        }

        Urls = Array.ConvertAll([.. Shared?.Urls ?? [], .. Own?.Urls ?? []], AdminRules.AdminUrlOf);
        AdminLog.Listening(_context.Logger, string.Join(' ', Urls));
    }

    /// <summary>Replaces the token.</summary>
    /// <param name="token">The result of <see cref="AdminRules.ReadToken"/>.</param>
    /// <returns>Whether the token has changed.</returns>
    public bool Replace(string? token) => _access.Replace(token);

    /// <summary>Begins to watch the loops of the main server, once it has started.</summary>
    public void Watch()
    {
        _delays = Array.ConvertAll(_lifetime.Loops, static loop => new LoopDelay(loop.State));
        _metrics.Delays = _delays;
        _probes = _context.TimeProvider.CreateTimer(
            static admin => ((AdminServer)admin!).Probe(), this, s_probeInterval, s_probeInterval);
        if (_history is null) return;
        _samples = _context.TimeProvider.CreateTimer(
            static history => ((SampleHistory)history!).Take(), _history, SampleHistory.Interval, SampleHistory.Interval);
    }

    /// <summary>
    /// Stops listening on the shared addresses, where another process answers now. The addresses of this process alone stay until it ends.
    /// </summary>
    public async Task HandOverAsync()
    {
        if (Own is null) await DisposeAsync().ConfigureAwait(false);
        else if (Shared is not null) await Shared.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_probes is not null) await _probes.DisposeAsync().ConfigureAwait(false);
        if (_samples is not null) await _samples.DisposeAsync().ConfigureAwait(false);
        if (Shared is not null) await Shared.DisposeAsync().ConfigureAwait(false);
        if (Own is not null) await Own.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Does what <see cref="DisposeAsync"/> does, and blocks the calling thread until it is done.</summary>
    // On the thread pool, so that no continuation needs this thread, which is blocked here.
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private WsServer? Build(Func<WsServerBuilder> create, bool isOwn)
    {
        string urls = AdminRules.ServerUrlsOf(_context.Options.AdminUrls, isOwn);
        if (urls.Length == 0) return null;
        WsServerBuilder builder = create();
        builder.Options.Urls = urls;
        builder.Options.Transport = _context.Options.Transport;
        builder.Options.AllowedHosts = _context.Options.AllowedHosts;
        builder.Options.Loops = 1;
        builder.Options.MaxConnections = MaxConnections;
        builder.Options.KeepAliveTimeoutMs = 75_000;
        builder.Options.DrainTimeoutMs = 1000;
        builder.MapGet("/healthz", Health).MapGet("/readyz", Readiness).MapGet("/metrics", Metrics);
        builder.MapPost("/api/publish", PublishAsync, new WsHttpOptions { MaxBodyBytes = PublishRequest.MaxBodyBytes });
        if (DashboardFeature.IsSupported) AddDashboard(builder);
        else builder.MapGet("/", Index);
        return builder.Build();
    }

    private void AddDashboard(WsServerBuilder builder)
    {
        builder.Services.Add(_access).Add(new DashboardView(_context, _lifetime, _history!));
        DashboardPage.AddTo(builder);
    }

    private void Probe()
    {
        foreach (LoopDelay delay in _delays) delay.Probe();
    }

    private WsResponse Health(WsHttpRequest request)
    {
        for (int i = 0; i < _delays.Length; i++)
        {
            TimeSpan waiting = _delays[i].Waiting;
            if (waiting < s_deadAfter) continue;
            string text = string.Create(CultureInfo.InvariantCulture, $"loop {i} has not answered for {(int)waiting.TotalSeconds} s\n");
            return WsResponse.Text(text, 503);
        }

        return WsResponse.Text("ok\n");
    }

    private WsResponse Readiness(WsHttpRequest request)
    {
        if (!_lifetime.IsReady) return WsResponse.Text(_lifetime.State == ServerState.Running ? "starting\n" : "draining\n", 503);
        // The server still serves its own clients, so unless the application requires the backplane, new clients are better here than
        // nowhere.
        return _context.Topics.Backplane is { Problem: { } problem } backplane
            ? WsResponse.Text($"degraded: {problem}\n", backplane.IsRequired ? 503 : 200)
            : WsResponse.Text("ready\n");
    }

    private WsResponse Metrics(WsHttpRequest request)
    {
        if (!_access.Allows(request)) return Unauthorized();
        bool isOpenMetrics = PrometheusText.PrefersOpenMetrics(request.GetHeader("Accept"));
        var text = new PrometheusText(isOpenMetrics);
        _metrics.Collect(text);
        return WsResponse.Bytes(text.Finish(), PrometheusText.ContentTypeOf(isOpenMetrics));
    }

    private async Task<WsResponse> PublishAsync(WsHttpRequest request)
    {
        if (!_access.Allows(request)) return Unauthorized();
        if (PublishRequest.Read(request, out string? error) is not { } asked) return WsResponse.Text(error + "\n", 400);
        WsServer server = _context.Server;
        WsTopicPosition position;
        try
        {
            position = asked.IsBinary
                ? await server.PublishBinaryAsync(asked.Topic, asked.Payload)
                : await server.PublishAsync(asked.Topic, asked.Payload);
        }
        catch (ArgumentException exception)
        {
            return WsResponse.Text(exception.Message + "\n", 400);
        }
        catch (WsTopicUnavailableException exception)
        {
            return WsResponse.Text(exception.Message + "\n", 503);
        }

        return WsResponse.Json(string.Create(
            CultureInfo.InvariantCulture, $"{{\"epoch\":{position.Epoch},\"offset\":{position.Offset}}}"));
    }

    private static WsResponse Index(WsHttpRequest request) =>
        WsResponse.Text(
            "/metrics\n/healthz\n/readyz\n/api/publish\nThe dashboard is not in this build: publish with -p:WsAotDashboard=true.\n");

    private static WsResponse Unauthorized() =>
        WsResponse.Text("send the token of --admin-token-file as Authorization: Bearer ...\n", 401)
            .WithHeader("WWW-Authenticate", "Bearer");
}
