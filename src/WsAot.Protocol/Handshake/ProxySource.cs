namespace WsAot.Protocol.Handshake;

/// <summary>For whom a proxy speaks, by the header of the PROXY protocol.</summary>
public enum ProxySource : byte
{
    /// <summary>For itself: a check of our health, such as LOCAL of version 2 (section 2.2).</summary>
    Proxy,

    /// <summary>For a client whose IP address and port the header has.</summary>
    Address,

    /// <summary>For a client of which the header says nothing that we understand (UNKNOWN, UNSPEC, UDP, a Unix socket).</summary>
    Unknown,
}
