using WsAot.Admin;
using WsAot.Certificates;
using WsAot.Handshake;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot;

/// <content>Other options for a server that runs.</content>
public sealed partial class WsServer
{
    private readonly Lock _applying = new();
    private readonly bool _opensFiles;

    /// <summary>
    /// Takes other options, all or nothing. Limits, timeouts, rates and policies change for open connections as well; origins, hosts,
    /// proxies, compression and certificates for those to come. The addresses, the transport, the number of loops and what else belongs to
    /// the start stay: the log names those that differ. A program that was started by <see cref="RunAsync"/> does this at SIGHUP, with the
    /// options read again. It reads files, so do not call it in a handler, whose loop would wait.
    /// </summary>
    /// <param name="options">The options. They are copied.</param>
    /// <returns>The options that differ and take a restart, by the names of their properties; empty if there is none.</returns>
    /// <exception cref="WsOptionException">An option is wrong; nothing has changed.</exception>
    /// <exception cref="TransportException">The certificates cannot be used; nothing has changed.</exception>
    public IReadOnlyList<string> ApplyOptions(WsServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChanges changes = ApplyOptions(options, kept: []);
        changes.Log(Context.Logger, "the application");
        return changes.NeedRestart;
    }

    /// <param name="options">The options.</param>
    /// <param name="kept">Those that stay and are not spoken of, by the names of their properties.</param>
    internal OptionChanges ApplyOptions(WsServerOptions options, List<string> kept)
    {
        lock (_applying)
        {
            WsServerOptions merged = Options.Clone();
            OptionChanges changes = OptionChanges.Take(merged, options, kept);
            var errors = new OptionErrors();
            // What was given, for its faults; what comes of it, since some of it may need what takes a restart.
            OptionRules.CheckAll(options, errors, _isReal);
            OptionRules.CheckAll(merged, errors, _isReal);
            AdminRules.Check(options, errors);
            AdminRules.Check(merged, errors);
            string? token = errors.IsEmpty ? errors.Read(merged, AdminRules.ReadToken) : null;
            errors.ThrowIfAny();
            if (TlsFeature.IsSupported)
            {
                TlsServerOptions? tls = changes.HasTls ? TlsSettings.From(merged) : null;
                changes.HasNewCertificates = _lifetime.ReloadCertificates(tls);
            }

            Apply(merged);
            if (_admin?.Replace(token) == true && !changes.Taken.Contains(nameof(options.AdminTokenFile)))
            {
                changes.AddTaken(nameof(options.AdminTokenFile));
            }

            _admin?.Shared?.SetAllowedHosts(merged.AllowedHosts);
            _admin?.Own?.SetAllowedHosts(merged.AllowedHosts);
            Context.Connections.Max = MaxConnections(merged, _opensFiles);
            foreach (ServerLoop loop in _lifetime.Loops) loop.State.Post(new LoopReload(loop));
            return changes;
        }
    }

    private void SetAllowedHosts(string hosts)
    {
        WsServerOptions options = Options.Clone();
        options.AllowedHosts = hosts;
        Apply(options);
    }

    /// <summary>Takes what is said of requests. The rest is for the loops.</summary>
    private void Apply(WsServerOptions options)
    {
        var rules = new HandshakeRules(options, ListenAddress.EndPointsOf(_addresses));
        Context.Options = options;
        Handshakes.Apply(rules);
    }
}
