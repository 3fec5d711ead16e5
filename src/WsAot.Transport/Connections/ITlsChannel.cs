namespace WsAot.Transport.Connections;

/// <summary>The TLS of a connection, as the connection itself uses it.</summary>
internal interface ITlsChannel
{
    /// <summary>Whether the handshake is over, and nothing has failed.</summary>
    bool IsEstablished { get; }

    /// <summary>Whether input must wait for the handshakes of other connections.</summary>
    bool IsUnread { get; }

    /// <summary>The bytes of ciphertext that the kernel has refused.</summary>
    int HeldBytes { get; }

    /// <summary>The held ciphertext to send next. Only while some is held.</summary>
    ArraySegment<byte> NextHeld { get; }

    /// <summary>The result of the handshake; null until it is complete.</summary>
    TlsDetails? GetDetails();

    /// <summary>Sends the held ciphertext.</summary>
    /// <returns>1: all of it; 0: the kernel takes no more now; -1: it never will.</returns>
    int SendHeld();

    /// <summary>The kernel has taken bytes of the held ciphertext in the background.</summary>
    void OnSentInBackground(int bytes);

    /// <summary>Frees the held ciphertext, unless the kernel still reads it.</summary>
    void ReleaseHeld();

    /// <summary>Tells the peer that no data follows (close_notify, RFC 8446 section 6.1).</summary>
    /// <returns>Whether the kernel has taken the alert, or none is needed.</returns>
    bool SendEnd();

    /// <summary>The connection is closed.</summary>
    /// <param name="isAborted">Whether the connection is reset, so that it needs no close_notify.</param>
    void Close(bool isAborted);
}
