namespace WsAot.Transport.Connections;

/// <summary>The handler of a connection until the owner of its loop has given it one, and if that fails.</summary>
internal sealed class NullConnectionHandler : IConnectionHandler
{
    public static readonly NullConnectionHandler Instance = new();

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
