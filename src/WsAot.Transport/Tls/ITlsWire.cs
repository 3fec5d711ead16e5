using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>The way of the ciphertext: what a connection with TLS has below it.</summary>
internal interface ITlsWire
{
    /// <summary>Receives ciphertext, as a plain connection receives bytes.</summary>
    InputStatus ReceiveCiphertext(Span<byte> buffer, out int length);

    /// <summary>Sends ciphertext.</summary>
    /// <returns>As for all output: the bytes taken, or -1.</returns>
    int SendCiphertext(ReadOnlySpan<OutputSlice> slices);
}
