namespace WsAot.Hosting.Tests;

/// <summary>Counts scopes.</summary>
public sealed class Visits
{
    private int _begun;
    private int _ended;

    public int Ended => Volatile.Read(ref _ended);

    public int Begin() => Interlocked.Increment(ref _begun);

    public void End() => Interlocked.Increment(ref _ended);
}
