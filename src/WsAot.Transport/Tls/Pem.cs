namespace WsAot.Transport.Tls;

/// <summary>Reads PEM (RFC 7468).</summary>
internal static unsafe class Pem
{
    private const ulong ReasonMask = 0x7F_FFFF;

    /// <summary>PEM_R_NO_START_LINE: there are no more.</summary>
    private const ulong NoStartLine = 108;

    /// <summary>Reads all certificates.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="take">Gets each certificate, and owns it.</param>
    /// <returns>Whether everything that looks like a certificate is one.</returns>
    public static bool ReadCertificates(byte[] pem, Action<nint> take)
    {
        fixed (byte* bytes = pem)
        {
            nint bio = OpenSsl.BioNewMemory(bytes, pem.Length);
            while (OpenSsl.ReadCertificate(bio, 0, 0, null) is var certificate and not 0) take(certificate);
            OpenSsl.BioFree(bio);
        }

        bool isWhole = (OpenSsl.PeekLastError() & ReasonMask) == NoStartLine;
        OpenSsl.ClearErrors();
        return isWhole;
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="password">The password; empty if the key is not encrypted.</param>
    /// <param name="error">What OpenSSL says, if there is no key.</param>
    /// <returns>The key, which the caller owns; 0: none.</returns>
    public static nint ReadKey(byte[] pem, ReadOnlySpan<byte> password, out string error)
    {
        // Without any password text, OpenSSL would ask on the terminal.
        byte[] terminated = [.. password, 0];
        fixed (byte* bytes = pem, text = terminated)
        {
            nint bio = OpenSsl.BioNewMemory(bytes, pem.Length);
            nint key = OpenSsl.ReadPrivateKey(bio, 0, 0, text);
            OpenSsl.BioFree(bio);
            error = key == 0 ? OpenSslLibrary.TakeError() : "";
            return key;
        }
    }
}
