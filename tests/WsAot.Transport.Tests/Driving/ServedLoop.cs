namespace WsAot.Transport.Tests.Driving;

/// <summary>The owner of a loop in a test.</summary>
public sealed class ServedLoop(TransportDriver driver, TransportLoop loop) : ILoopHandler
{
    public TransportLoop Loop => loop;

    public int Batches { get; private set; }

    /// <summary>What <see cref="OnBatchEnd"/> returns.</summary>
    public int WaitMs { get; set; } = -1;

    public List<string> AcceptFailures { get; } = [];

    public List<Exception> Exceptions { get; } = [];

    public Action? WhenBatchEnds { get; set; }

    public Action? WhenEnded { get; set; }

    public IConnectionHandler OnConnected(TransportConnection connection, ListenOptions listener)
    {
        var served = new ServedConnection(driver, connection, listener);
        driver.WhenConnected?.Invoke(served);
        lock (driver.Gate)
        {
            driver.Served.Add(served);
            Monitor.PulseAll(driver.Gate);
        }

        return served;
    }

    public int OnBatchEnd()
    {
        lock (driver.Gate)
        {
            Batches++;
            Monitor.PulseAll(driver.Gate);
        }

        WhenBatchEnds?.Invoke();
        return WaitMs;
    }

    public void OnAcceptFailed(string reason)
    {
        lock (driver.Gate)
        {
            AcceptFailures.Add(reason);
            Monitor.PulseAll(driver.Gate);
        }
    }

    public void OnUnhandledException(Exception exception)
    {
        lock (driver.Gate)
        {
            Exceptions.Add(exception);
            Monitor.PulseAll(driver.Gate);
        }
    }

    public void OnEnded() => WhenEnded?.Invoke();
}
