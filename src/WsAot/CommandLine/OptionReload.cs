using Microsoft.Extensions.Logging;
using WsAot.Admin;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// Reloads the options at SIGHUP: reads them again and applies them to the server. Options that the application has set in code stay. If
/// one option is wrong, none changes.
/// </summary>
/// <param name="source">Where the options come from; null if WsAot does not read them. Then only the certificates are read again.</param>
/// <param name="first">The options as they were read at the start.</param>
/// <param name="setByCode">The options that the application has set itself.</param>
/// <param name="consoleLog">The log whose levels are options; null if the application has its own.</param>
/// <param name="logger">The log of the server.</param>
internal sealed class OptionReload(
    OptionSource? source, OptionReading? first, List<string> setByCode, ConsoleLog? consoleLog, ILogger logger)
{
    private readonly Lock _lock = new();

    /// <summary>Applies options to the server, except those that stay.</summary>
    public required Func<WsServerOptions, List<string>, OptionChanges> Apply { get; init; }

    /// <summary>Reads the server's certificates again.</summary>
    public required Func<bool> ReloadCertificates { get; init; }

    /// <summary>Called after each reload, with true if it was refused.</summary>
    public required Action<bool> OnRead { get; init; }

    /// <summary>Reads the options again and applies them. Logs the result.</summary>
    /// <returns>False if an option was wrong, so that none changed.</returns>
    public bool Run()
    {
        lock (_lock)
        {
            bool isTaken = false;
            try
            {
                if (source is not null && first is not null) Reload(source, first);
                else if (!ReloadCertificates()) TlsLog.CertificatesUnchanged(logger);
                isTaken = true;
            }
            catch (Exception exception) when (exception is WsOptionException or TransportException)
            {
                ReloadLog.Refused(logger, exception.Message.Replace('\n', ' '));
            }
            catch (Exception exception)
            {
                // On the thread of a signal, an exception would end the process.
                ReloadLog.Failed(logger, exception);
            }

            OnRead(!isTaken);
            return isTaken;
        }
    }

    private void Reload(OptionSource from, OptionReading former)
    {
        var errors = new OptionErrors();
        OptionReading next = from.Read(errors);
        foreach (string file in former.Values.Files)
        {
            // Without the file, all its options would go back to their defaults.
            if (!File.Exists(file)) errors.Add($"The configuration file '{file}', which was read at the start, is gone.");
        }

        // Apply checks them too; checking here reports the errors of all kinds at once.
        if (!errors.IsEmpty) OptionRules.CheckAll(next.Server, errors);
        AdminRules.Check(next.Server, errors);
        errors.ThrowIfAny();
        OptionChanges changes = Apply(next.Server, setByCode);
        if (consoleLog is not null && !next.LogLevels.IsSameAs(consoleLog.Filter))
        {
            consoleLog.Filter = next.LogLevels;
            changes.AddTaken("LogLevel");
        }

        if (next.LogFormat != former.LogFormat) changes.AddNeedRestart("LogFormat");
        foreach (string section in former.Values.FindChangedSections(next.Values)) changes.AddTaken(section);
        changes.Log(logger, next.Values.Source);
        Announce(former.Values, next.Values);
    }

    /// <summary>Updates the configuration that the application's services have, which fires its reload token.</summary>
    private void Announce(ReadValues values, ReadValues next)
    {
        try
        {
            values.Replace(next);
        }
        catch (AggregateException exception)
        {
            ReloadLog.ListenerFailed(logger, exception);
        }
    }
}
