namespace WsAot.Transport;

/// <summary>Hears what happens to a connection before its owner has said who shall, or after its owner failed to.</summary>
internal sealed class NoHandler : IConnectionHandler
{
    public static readonly NoHandler Instance = new();

    public void OnReceived(Span<byte> bytes)
    {
    }

    public void OnPeerShutdown()
    {
    }

    public void OnOutputProgress()
    {
    }

    public void OnClosed()
    {
    }
}
