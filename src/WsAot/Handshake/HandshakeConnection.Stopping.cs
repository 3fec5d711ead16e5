namespace WsAot.Handshake;

/// <summary>What becomes of a connection that has not been answered when the server stops.</summary>
internal sealed partial class HandshakeConnection
{
    /// <summary>How long it has, from its beginning, to ask and be answered.</summary>
    private const int StoppingMs = 1000;

    /// <summary>Closes it, if it has had that time.</summary>
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
