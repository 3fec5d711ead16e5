namespace WsAot.Hosting.Tests;

/// <summary>A scoped service: one for each connection.</summary>
public sealed class Visit(Visits visits) : IDisposable
{
    public int Number { get; } = visits.Begin();

    public void Dispose() => visits.End();
}
