using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>The TLS of one connection, whoever does the cryptography.</summary>
internal interface ITlsChannel
{
    TlsState State { get; }

    /// <summary>When a handshake was last heard of, by the clock of the loop.</summary>
    long HeardAt { get; }

    /// <summary>Whether there will be no handshake any more.</summary>
    bool IsOver { get; }

    /// <summary>Whether input must wait for the handshakes of others.</summary>
    bool IsUnread { get; }

    /// <summary>The handshakes that may be under way on the loop.</summary>
    int MaxHandshakes { get; }

    /// <summary>The ciphertext that the kernel has refused.</summary>
    int HeldBytes { get; }

    /// <summary>Takes its place among the handshakes of the loop.</summary>
    void Start();

    /// <summary>It is its turn among the handshakes.</summary>
    void Resume();

    /// <summary>Ends the handshake: others have waited for its place.</summary>
    void GiveWay();

    /// <summary>A turn of its handshake threw.</summary>
    void OnException(Exception exception);

    /// <summary>What the handshake has agreed on; null unless it is over.</summary>
    TlsDetails? GetDetails();

    /// <summary>Receives ciphertext and decrypts it.</summary>
    /// <param name="buffer">Holds what the loop receives at a time, and a record more.</param>
    /// <param name="length">The number of bytes decrypted.</param>
    InputStatus Receive(Span<byte> buffer, out int length);

    /// <summary>Encrypts and sends, as far as the kernel takes it; the rest of the last records is held.</summary>
    /// <returns>The bytes of plaintext taken; fewer than all: no more can be taken now; -1: never again.</returns>
    int Send(ReadOnlySpan<OutputSlice> slices);

    /// <summary>Sends what the kernel had refused.</summary>
    /// <returns>1: all of it; 0: the kernel takes no more now; -1: it never will.</returns>
    int SendHeld();

    /// <summary>Says that nothing follows (close_notify, RFC 8446 section 6.1).</summary>
    /// <returns>Whether the kernel has taken it, or there is nothing to say.</returns>
    bool SendEnd();

    /// <summary>The connection is closed.</summary>
    /// <param name="isAborted">Whether it is reset, so that the peer need not be told.</param>
    void Close(bool isAborted);
}
