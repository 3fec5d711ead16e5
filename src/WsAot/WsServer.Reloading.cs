using WsAot.Admin;
using WsAot.Certificates;
using WsAot.Handshake;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot;

/// <content>Changing the options of a running server.</content>
public sealed partial class WsServer
{
    private readonly Lock _applying = new();
    private readonly bool _opensFiles;

    /// <summary>
    /// Replaces the options of the running server, all or none of them. Limits, timeouts, rates and policies change for open connections
    /// too; origins, hosts, proxies, compression and certificates change for new connections only. Options that take effect at the start,
    /// such as the addresses, the transport and the number of loops, stay as they are, and the log names those that differ. On SIGHUP, a
    /// program started with <see cref="RunAsync"/> reads its options again and applies them. The call reads files, so do not call it in a
    /// handler: the handler's loop would wait.
    /// </summary>
    /// <param name="options">The options. They are copied.</param>
    /// <returns>The names of the properties that differ but need a restart; empty if there are none.</returns>
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
    /// <param name="kept">The names of the properties that stay as they are and are not reported.</param>
    internal OptionChanges ApplyOptions(WsServerOptions options, List<string> kept)
    {
        lock (_applying)
        {
            WsServerOptions merged = Options.Clone();
            OptionChanges changes = OptionChanges.Take(merged, options, kept);
            var errors = new OptionErrors();
            // First check the given options, then the result: a given option may depend on one that needs a restart and so stays as it is.
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

    /// <summary>Applies the options that concern requests. The loops apply the others.</summary>
    private void Apply(WsServerOptions options)
    {
        var rules = new HandshakeRules(options, ListenAddress.EndPointsOf(_addresses));
        Context.Options = options;
        Handshakes.Apply(rules);
    }
}
