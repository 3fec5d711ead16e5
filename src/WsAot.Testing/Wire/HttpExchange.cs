using WsAot.Testing.Running;
using WsAot.Transport.InMemory;

namespace WsAot.Testing.Wire;

/// <summary>One request, and the part of its response that has arrived.</summary>
internal sealed class HttpExchange(string target, InMemoryPeer peer, bool hasNoBody) : IServed
{
    private byte[] _received = [];

    public string Target => target;

    /// <summary>The response; null if it is not complete yet.</summary>
    public WsTestResponse? Response { get; private set; }

    /// <summary>Whether the server has ended the connection.</summary>
    public bool IsEnded => peer.IsServerShut || peer.IsClosed;

    /// <summary>The bytes after the response, or the part of it that has arrived if it is not complete.</summary>
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
