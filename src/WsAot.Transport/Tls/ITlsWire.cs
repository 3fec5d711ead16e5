using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>The transport of the ciphertext, below a TLS connection.</summary>
internal interface ITlsWire
{
    /// <summary>Receives ciphertext, as a plain connection receives bytes.</summary>
    InputStatus ReceiveCiphertext(Span<byte> buffer, out int length);

    /// <summary>Sends ciphertext.</summary>
    /// <returns>As for all output: the bytes taken, or -1.</returns>
    int SendCiphertext(ReadOnlySpan<OutputSlice> slices);
}
