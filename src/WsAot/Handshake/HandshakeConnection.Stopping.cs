namespace WsAot.Handshake;

/// <summary>What happens to an unanswered connection when the server stops.</summary>
internal sealed partial class HandshakeConnection
{
    /// <summary>How long a connection has, from its beginning, to send its request and be answered.</summary>
    private const int StoppingMs = 1000;

    /// <summary>Closes the connection if it has had that time.</summary>
    /// <returns>Whether it was closed now.</returns>
    public bool CloseForStop()
    {
        if (_isAnswered || _transport.IsClosed) return false;
        // The deadline was set when the connection began.
        long ageMs = HandshakeMs + LateMs(loop.NowMs);
        if (ageMs < StoppingMs) return false;
        _transport.Close();
        return true;
    }
}
