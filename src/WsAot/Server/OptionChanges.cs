using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>Applies new options to a running server, and records which options differ.</summary>
internal sealed class OptionChanges
{
    private readonly List<string> _taken = [];
    private readonly List<string> _needRestart = [];
    // A list, because calling an array through an interface would add 70 KB to the native file: the search code of every array type.
    private readonly List<string> _kept;

    private OptionChanges(List<string> kept) => _kept = kept;

    /// <summary>The options that have changed, as property names.</summary>
    public List<string> Taken => _taken;

    /// <summary>The options that differ but keep their old value, because they take effect only at a start.</summary>
    public IReadOnlyList<string> NeedRestart => _needRestart;

    /// <summary>Whether new certificates are in use from now on.</summary>
    public bool HasNewCertificates { get; set; }

    /// <summary>Whether an option of TLS has changed.</summary>
    public bool HasTls => _taken.Exists(static name => name.StartsWith("Tls", StringComparison.Ordinal));

    /// <summary>The options that differ between two sets.</summary>
    public static List<string> Find(WsServerOptions first, WsServerOptions second)
    {
        OptionChanges changes = Take(first.Clone(), second, []);
        return [.. changes._taken, .. changes._needRestart];
    }

    /// <summary>Copies the options that may change from one set to another.</summary>
    /// <param name="to">The set to change.</param>
    /// <param name="from">The new values.</param>
    /// <param name="kept">The options to leave as they are and not to report, as property names.</param>
    public static OptionChanges Take(WsServerOptions to, WsServerOptions from, List<string> kept)
    {
        var changes = new OptionChanges(kept);
        changes.TakeForRequests(to, from);
        changes.TakeForConnections(to, from);
        changes.TakeLimits(to, from);
        changes.TakeTls(to, from);
        changes.TakeDrain(to, from);
        changes.Leave(to.Urls == from.Urls, nameof(to.Urls));
        changes.Leave(to.AdminUrls == from.AdminUrls, nameof(to.AdminUrls));
        changes.Leave(to.UnixSocketMode == from.UnixSocketMode, nameof(to.UnixSocketMode));
        changes.Leave(to.UnixSocketOwner == from.UnixSocketOwner, nameof(to.UnixSocketOwner));
        changes.Leave(to.ProxyProtocol == from.ProxyProtocol, nameof(to.ProxyProtocol));
        changes.Leave(to.Transport == from.Transport, nameof(to.Transport));
        changes.Leave(to.Loops == from.Loops, nameof(to.Loops));
        changes.Leave(to.RedirectHttp == from.RedirectHttp, nameof(to.RedirectHttp));
        changes.Leave(to.CompressionLevel == from.CompressionLevel, nameof(to.CompressionLevel));
        return changes;
    }

    /// <summary>Adds an option that does not belong to the server and has changed.</summary>
    public void AddTaken(string name) => _taken.Add(name);

    /// <summary>Adds an option that does not belong to the server and keeps its old value until a restart.</summary>
    public void AddNeedRestart(string name) => _needRestart.Add(name);

    /// <summary>Logs what has changed and what has not.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="source">Where the options were read, such as the name of a file.</param>
    public void Log(ILogger logger, string source)
    {
        if (_taken.Count > 0) ReloadLog.Changed(logger, _taken);
        else if (!HasNewCertificates) ReloadLog.Unchanged(logger, source);
        if (_needRestart.Count > 0) ReloadLog.NeedRestart(logger, _needRestart);
    }

    private void TakeForRequests(WsServerOptions to, WsServerOptions from)
    {
        to.TrustedProxies = Pick(to.TrustedProxies, from.TrustedProxies);
        to.ForwardedHeaders = Pick(to.ForwardedHeaders, from.ForwardedHeaders);
        to.AllowedOrigins = Pick(to.AllowedOrigins, from.AllowedOrigins);
        to.AllowedHosts = Pick(to.AllowedHosts, from.AllowedHosts);
        to.AdminTokenFile = Pick(to.AdminTokenFile, from.AdminTokenFile);
        to.HstsMaxAgeSeconds = Pick(to.HstsMaxAgeSeconds, from.HstsMaxAgeSeconds);
        to.MaxHeadBytes = Pick(to.MaxHeadBytes, from.MaxHeadBytes);
        to.MaxPathBytes = Pick(to.MaxPathBytes, from.MaxPathBytes);
        to.MaxHeaderCount = Pick(to.MaxHeaderCount, from.MaxHeaderCount);
        to.HandshakeTimeoutMs = Pick(to.HandshakeTimeoutMs, from.HandshakeTimeoutMs);
        to.KeepAliveTimeoutMs = Pick(to.KeepAliveTimeoutMs, from.KeepAliveTimeoutMs);
        to.LogConnections = Pick(to.LogConnections ? 1 : 0, from.LogConnections ? 1 : 0, "to.LogConnections") != 0;
    }

    private void TakeForConnections(WsServerOptions to, WsServerOptions from)
    {
        to.MaxMessageBytes = Pick(to.MaxMessageBytes, from.MaxMessageBytes);
        to.MaxFragments = Pick(to.MaxFragments, from.MaxFragments);
        to.MaxPendingInputBytes = Pick(to.MaxPendingInputBytes, from.MaxPendingInputBytes);
        to.MaxPendingOutputBytes = Pick(to.MaxPendingOutputBytes, from.MaxPendingOutputBytes);
        to.SlowConsumer = (SlowConsumerPolicy)Pick((int)to.SlowConsumer, (int)from.SlowConsumer);
        to.Compression = (WsCompression)Pick((int)to.Compression, (int)from.Compression);
        to.CompressionThresholdBytes = Pick(to.CompressionThresholdBytes, from.CompressionThresholdBytes);
        to.PingIntervalMs = Pick(to.PingIntervalMs, from.PingIntervalMs);
        to.PongTimeoutMs = Pick(to.PongTimeoutMs, from.PongTimeoutMs);
        to.IdleTimeoutMs = Pick(to.IdleTimeoutMs, from.IdleTimeoutMs);
        to.CloseTimeoutMs = Pick(to.CloseTimeoutMs, from.CloseTimeoutMs);
    }

    private void TakeLimits(WsServerOptions to, WsServerOptions from)
    {
        to.MaxConnections = Pick(to.MaxConnections, from.MaxConnections);
        to.MaxMessagesPerSecond = Pick(to.MaxMessagesPerSecond, from.MaxMessagesPerSecond);
        to.MaxMessageBurst = Pick(to.MaxMessageBurst, from.MaxMessageBurst);
        to.MaxBytesPerSecond = Pick(to.MaxBytesPerSecond, from.MaxBytesPerSecond);
        to.MaxByteBurst = Pick(to.MaxByteBurst, from.MaxByteBurst);
        to.RateLimitPolicy = (RateLimitPolicy)Pick((int)to.RateLimitPolicy, (int)from.RateLimitPolicy);
        to.MaxConnectionLifetimeMs = Pick(to.MaxConnectionLifetimeMs, from.MaxConnectionLifetimeMs);
        to.MaxConnectionsPerAddress = Pick(to.MaxConnectionsPerAddress, from.MaxConnectionsPerAddress);
        to.MaxUpgradesPerSecondPerAddress = Pick(to.MaxUpgradesPerSecondPerAddress, from.MaxUpgradesPerSecondPerAddress);
        to.MaxUpgradeBurstPerAddress = Pick(to.MaxUpgradeBurstPerAddress, from.MaxUpgradeBurstPerAddress);
        to.MaxUpgradesPerSecond = Pick(to.MaxUpgradesPerSecond, from.MaxUpgradesPerSecond);
        to.MaxUpgradeBurst = Pick(to.MaxUpgradeBurst, from.MaxUpgradeBurst);
        to.MaxConnectionsPerUser = Pick(to.MaxConnectionsPerUser, from.MaxConnectionsPerUser);
        to.UserLimitPolicy = (UserLimitPolicy)Pick((int)to.UserLimitPolicy, (int)from.UserLimitPolicy);
        to.MaxMemoryBytes = Pick(to.MaxMemoryBytes, from.MaxMemoryBytes);
    }

    private void TakeTls(WsServerOptions to, WsServerOptions from)
    {
        to.TlsCertificateFile = Pick(to.TlsCertificateFile, from.TlsCertificateFile);
        to.TlsKeyFile = Pick(to.TlsKeyFile, from.TlsKeyFile);
        to.TlsKeyPasswordFile = Pick(to.TlsKeyPasswordFile, from.TlsKeyPasswordFile);
        to.TlsMinVersion = Pick(to.TlsMinVersion, from.TlsMinVersion);
        to.TlsClientCertificate = (TlsClientCertificateMode)Pick((int)to.TlsClientCertificate, (int)from.TlsClientCertificate);
        to.TlsClientCaFile = Pick(to.TlsClientCaFile, from.TlsClientCaFile);
        if (AreSame(to.TlsCertificates, from.TlsCertificates) || _kept.Contains(nameof(to.TlsCertificates))) return;
        _taken.Add(nameof(to.TlsCertificates));
        to.TlsCertificates.Clear();
        foreach (WsTlsCertificate certificate in from.TlsCertificates) to.TlsCertificates.Add(certificate);
    }

    private void TakeDrain(WsServerOptions to, WsServerOptions from)
    {
        to.DrainDelayMs = Pick(to.DrainDelayMs, from.DrainDelayMs);
        to.DrainBatch = Pick(to.DrainBatch, from.DrainBatch);
        to.DrainIntervalMs = Pick(to.DrainIntervalMs, from.DrainIntervalMs);
        to.DrainCloseCode = Pick(to.DrainCloseCode, from.DrainCloseCode);
        to.DrainTimeoutMs = Pick(to.DrainTimeoutMs, from.DrainTimeoutMs);
    }

    private static bool AreSame(IList<WsTlsCertificate> first, IList<WsTlsCertificate> second)
    {
        bool areSame = first.Count == second.Count;
        for (int i = 0; i < first.Count && areSame; i++) areSame = AreSame(first[i], second[i]);
        return areSame;
    }

    private static bool AreSame(WsTlsCertificate first, WsTlsCertificate second) =>
        first.CertificateFile == second.CertificateFile
        && first.KeyFile == second.KeyFile
        && first.KeyPasswordFile == second.KeyPasswordFile
        && string.Join(';', first.Hosts) == string.Join(';', second.Hosts);

    // Not inlined, because it is called sixty times.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Pick(int to, int from, [CallerArgumentExpression(nameof(to))] string option = "") =>
        Differs(to == from, option) ? from : to;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Pick(long to, long from, [CallerArgumentExpression(nameof(to))] string option = "") =>
        Differs(to == from, option) ? from : to;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string Pick(string to, string from, [CallerArgumentExpression(nameof(to))] string option = "") =>
        Differs(to == from, option) ? from : to;

    /// <param name="isSame">Whether the values are the same.</param>
    /// <param name="option">The expression of the value, such as <c>(int)to.SlowConsumer</c>.</param>
    private bool Differs(bool isSame, string option)
    {
        if (isSame) return false;
        string name = option[(option.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (_kept.Contains(name)) return false;
        _taken.Add(name);
        return true;
    }

    private void Leave(bool isSame, string name)
    {
        if (!isSame && !_kept.Contains(name)) _needRestart.Add(name);
    }
}
