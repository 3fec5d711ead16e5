using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Transport;

namespace WsAot.Certificates;

/// <summary>
/// Checks the files of a server's certificates again and again, and logs the result. None of this runs on a loop: the transport reads files
/// and checks keys. Any thread, one check at a time.
/// </summary>
internal sealed class CertificateWatch : IDisposable
{
    /// <summary>The time between checks. It may be long: programs that renew certificates do so days before the old one expires.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TlsServer _tls;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CertificateWarnings _warnings;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private string? _lastFailure;
    private bool _isUnread;     // the last check could not read a file
    private string? _refusal;   // why the last files were unusable; the transport does not try them again
    private bool _isDisposed;

    public CertificateWatch(TlsServer tls, ILogger logger, TimeProvider time)
    {
        (_tls, _logger, _time) = (tls, logger, time);
        _warnings = new CertificateWarnings(logger);
        _warnings.OnRead(tls.Certificates, time.GetUtcNow());
        _timer = time.CreateTimer(static watch => ((CertificateWatch)watch!).OnTimer(), this, Interval, Timeout.InfiniteTimeSpan);
    }

    public TlsServer Tls => _tls;

    /// <summary>Whether the files on the disk can be used: they are in use, or will be. Any thread.</summary>
    public bool AreFilesUsable => Volatile.Read(ref _refusal) is null && !Volatile.Read(ref _isUnread);

    /// <summary>Checks now. Waits for a check that is running.</summary>
    /// <param name="options">New options, such as other files; null for the same as before.</param>
    /// <returns>Whether new certificates are in use from now on.</returns>
    /// <exception cref="TransportException">
    /// The files have changed and cannot be used, so the old certificates stay in use. The log says so too.
    /// </exception>
    public bool Reload(TlsServerOptions? options = null)
    {
        lock (_lock)
        {
            if (_isDisposed) return false;
            bool isChanged = Look(options);
            // The transport reports bad files once. A caller is told each time, until the files change.
            return isChanged || _refusal is null ? isChanged : throw new TransportException(_refusal);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _timer.Dispose();
            _tls.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            try
            {
                Look(options: null);
            }
            catch (TransportException)
            {
                // It is logged already.
            }
            catch (Exception exception)
            {
                // The server continues with the certificates it has. Without this, an exception in a timer would end the process.
                Log.UnhandledException(_logger, exception);
            }

            _warnings.OnTimePassed(_tls.Certificates, _time.GetUtcNow());
            // Set again after each check, so that a slow disk does not get two checks at once.
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private bool Look(TlsServerOptions? options)
    {
        try
        {
            bool isChanged = _tls.Reload(options);
            if (!isChanged && _isUnread && _refusal is null) TlsLog.CertificatesReadable(_logger);
            (_lastFailure, _isUnread) = (null, false);
            if (!isChanged) return false;
            Volatile.Write(ref _refusal, null);
        }
        catch (TransportException exception)
        {
            // A missing file is missing at each check, but is logged once.
            if (exception.Message != _lastFailure) TlsLog.CertificatesKept(_logger, exception.Message);
            _lastFailure = exception.Message;
            _isUnread = exception.InnerException is IOException or UnauthorizedAccessException;
            if (!_isUnread) Volatile.Write(ref _refusal, exception.Message);
            throw;
        }

        IReadOnlyList<TlsCertificate> certificates = _tls.Certificates;
        foreach (TlsCertificate certificate in certificates) TlsLog.CertificateReplaced(_logger, certificate);
        _warnings.OnRead(certificates, _time.GetUtcNow());
        return true;
    }
}
