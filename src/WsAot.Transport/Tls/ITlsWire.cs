using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>The connection below TLS: what a <see cref="TlsChannel"/> needs of it.</summary>
internal interface ITlsWire
{
    /// <summary>Receives ciphertext, as <see cref="TransportConnection"/> receives bytes.</summary>
    InputStatus ReceiveCiphertext(Span<byte> buffer, out int length);

    /// <summary>Sends ciphertext.</summary>
    /// <returns>As for all output: the bytes taken, or -1.</returns>
    int SendCiphertext(ReadOnlySpan<OutputSlice> slices);

    /// <summary>The kernel has refused ciphertext, which the channel holds now.</summary>
    void OnCiphertextHeld();

    /// <summary>Whether the kernel reads what the channel holds, in the background. If so, the channel must not release it.</summary>
    bool IsSendingInBackground => false;

    /// <summary>The handshake is over: output that waited for it can go.</summary>
    void OnTlsEstablished();

    /// <summary>TLS has failed.</summary>
    /// <returns>Whether the owner wants to close the connection itself.</returns>
    bool OnTlsFailed(string reason);

    /// <summary>Whether input is wanted has changed.</summary>
    void OnTlsInterestChanged();

    /// <summary>Receives again: it was the turn of others before.</summary>
    void ResumeHandshake();
}
