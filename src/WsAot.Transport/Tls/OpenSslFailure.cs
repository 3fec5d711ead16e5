using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>Says why OpenSSL could not continue.</summary>
internal static unsafe class OpenSslFailure
{
    private const int CertificateVerifyFailed = 134;    // SSL_R_CERTIFICATE_VERIFY_FAILED
    private const ulong ReasonMask = 0x7F_FFFF;

    /// <summary>
    /// Whether the last call failed for good, not just for lack of input. The error queue must have been empty before that call.
    /// </summary>
    public static bool IsFatal(nint ssl) =>
        OpenSsl.PeekLastError() != 0 || (OpenSsl.GetShutdown(ssl) & OpenSsl.SSL_RECEIVED_SHUTDOWN) != 0;

    public static string Describe(nint ssl)
    {
        ulong error = OpenSsl.PeekLastError();
        if (error == 0) return "the client has given up";
        string text = OpenSslLibrary.TakeError();
        if ((error & ReasonMask) != CertificateVerifyFailed) return text;
        byte* detail = OpenSsl.VerifyErrorText(OpenSsl.GetVerifyResult(ssl));
        return detail is null ? text : $"{text}: {Marshal.PtrToStringUTF8((nint)detail)}";
    }
}
