using Microsoft.Extensions.Logging;
using WsAot.Admin;
using WsAot.Logging;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// What a program does at SIGHUP: reads its options again, and has the server take them. What the application has set in code stays. All
/// or nothing: where one option is wrong, none changes.
/// </summary>
/// <param name="source">Where they come from; null if others read them. Then the certificates alone are read again.</param>
/// <param name="first">What was read at the start.</param>
/// <param name="setByCode">The options that the application has set itself.</param>
/// <param name="consoleLog">The log whose levels are options; null if the application has its own.</param>
/// <param name="logger">The log of the server.</param>
internal sealed class OptionReload(
    OptionSource? source, OptionReading? first, List<string> setByCode, ConsoleLog? consoleLog, ILogger logger)
{
    private readonly Lock _lock = new();

    /// <summary>Has the server take other options, but for those that stay.</summary>
    public required Func<WsServerOptions, List<string>, OptionChanges> Apply { get; init; }

    /// <summary>Has the server read its certificates again.</summary>
    public required Func<bool> ReloadCertificates { get; init; }

    /// <summary>Hears whether what was read was wrong.</summary>
    public required Action<bool> OnRead { get; init; }

    /// <summary>Reads them again. The log says how it ended.</summary>
    /// <returns>False if they were wrong, and stay.</returns>
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
                // On the thread of a signal it would end the process.
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
            // Without it all options would be their defaults again.
            if (!File.Exists(file)) errors.Add($"The configuration file '{file}', which was read at the start, is gone.");
        }

        // The server would look again; here the faults of all kinds come together.
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

    /// <summary>Tells the application, whose services have the configuration that was read first.</summary>
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
