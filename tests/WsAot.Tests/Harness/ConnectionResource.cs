namespace WsAot.Tests.Harness;

/// <summary>What a container makes for each connection; it notes what becomes of it.</summary>
public sealed class ConnectionResource(Script script) : IAsyncDisposable
{
    private readonly int _number = ++script.ResourceCount;

    public void Note(string what) => script.Journal.Add($"{_number} {what}");

    public async ValueTask DisposeAsync()
    {
        await script.Gate.PassAsync();
        Note("disposed");
    }
}
