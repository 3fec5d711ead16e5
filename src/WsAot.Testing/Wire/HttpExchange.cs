using WsAot.Testing.Running;
using WsAot.Transport.InMemory;

namespace WsAot.Testing.Wire;

/// <summary>One request, and the response to it as far as it has come.</summary>
internal sealed class HttpExchange(string target, InMemoryPeer peer, bool hasNoBody) : IServed
{
    private byte[] _received = [];

    public string Target => target;

    /// <summary>The response; null if it has not come yet.</summary>
    public WsTestResponse? Response { get; private set; }

    /// <summary>Whether the server has ended the connection.</summary>
    public bool IsEnded => peer.IsServerShut || peer.IsClosed;

    /// <summary>What came after the response, or of it if it is not complete.</summary>
    public byte[] Rest => _received;

    public bool Serve()
    {
        if (Response is not null || (peer.Received.IsEmpty && !IsEnded)) return false;
        _received = [.. _received, .. peer.Take()];
        Response = HttpText.Read(_received, hasNoBody, IsEnded, out int length);
        _received = _received[length..];
        return true;
    }
}
