namespace WsAot.Transport.Connections;

/// <summary>What encrypts a connection, as far as the connection itself has to do with it.</summary>
internal interface ITlsChannel
{
    /// <summary>Whether the handshake is over, and nothing has failed.</summary>
    bool IsEstablished { get; }

    /// <summary>Whether input must wait for the handshakes of others.</summary>
    bool IsUnread { get; }

    /// <summary>The ciphertext that the kernel has refused.</summary>
    int HeldBytes { get; }

    /// <summary>The held ciphertext that is to be sent next. Only while some is held.</summary>
    ArraySegment<byte> NextHeld { get; }

    /// <summary>What the handshake has agreed on; null unless it is over.</summary>
    TlsDetails? GetDetails();

    /// <summary>Sends the held ciphertext.</summary>
    /// <returns>1: all of it; 0: the kernel takes no more now; -1: it never will.</returns>
    int SendHeld();

    /// <summary>The kernel has taken bytes of the held ciphertext in the background.</summary>
    void OnSentInBackground(int bytes);

    /// <summary>Gives back what is held, unless the kernel still reads it.</summary>
    void ReleaseHeld();

    /// <summary>Says that nothing follows (close_notify, RFC 8446 section 6.1).</summary>
    /// <returns>Whether the kernel has taken it, or there is nothing to say.</returns>
    bool SendEnd();

    /// <summary>The connection is closed.</summary>
    /// <param name="isAborted">Whether it is reset, so that the peer need not be told.</param>
    void Close(bool isAborted);
}
