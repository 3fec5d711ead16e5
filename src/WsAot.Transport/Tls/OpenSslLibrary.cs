using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>Loads OpenSSL, and says what is missing if that is impossible.</summary>
internal static unsafe class OpenSslLibrary
{
    private const ulong Version3 = 0x3000_0000;

    private static readonly Lock s_loading = new();
    private static bool s_isLoaded;

    /// <summary>Loads the libraries, once in a process.</summary>
    /// <exception cref="TransportException">They are missing or too old.</exception>
    public static void Load()
    {
        lock (s_loading)
        {
            if (s_isLoaded) return;
            try
            {
                // Newer versions of OpenSSL would have another number in the name of their file, so 3.0 is the oldest that can be found.
                if (OpenSsl.VersionNumber() < Version3) throw Missing();
                // OpenSSL would free itself when the process ends, while loops may still use it. Its configuration may name libraries,
                // which a file with OpenSSL inside must not load.
                ulong options = OpenSsl.OPENSSL_INIT_NO_ATEXIT | (TransportFeatures.IsTlsLinked ? OpenSsl.OPENSSL_INIT_NO_LOAD_CONFIG : 0);
                if (OpenSsl.InitSsl(options, 0) != 1) throw Failure("start");
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                throw Missing(exception);
            }

            s_isLoaded = true;
        }
    }

    /// <summary>The exception for something that OpenSSL has just refused.</summary>
    /// <param name="action">What it was asked to do.</param>
    public static TransportException Failure(string action) => new($"OpenSSL cannot {action}: {TakeError()}.");

    /// <summary>What OpenSSL says about the call of this thread that has just failed.</summary>
    public static string TakeError()
    {
        ulong error = OpenSsl.PeekLastError();
        byte* reason = error == 0 ? null : OpenSsl.ReasonOf(error);
        string text = reason is null ? $"error {error:x}" : Marshal.PtrToStringUTF8((nint)reason)!;
        OpenSsl.ClearErrors();
        return text;
    }

    private static TransportException Missing(Exception? inner = null)
    {
        const string Text = "TLS needs OpenSSL 3 (libssl.so.3 and libcrypto.so.3), and this machine does not have it. Install the package "
            + "libssl3 (Debian, Ubuntu, Alpine) or openssl-libs (Fedora, RHEL).";
        return inner is null ? new TransportException(Text) : new TransportException(Text, inner);
    }
}
