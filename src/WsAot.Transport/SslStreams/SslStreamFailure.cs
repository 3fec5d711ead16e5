using System.Security.Cryptography.X509Certificates;

namespace WsAot.Transport.SslStreams;

/// <summary>Says why an <see cref="System.Net.Security.SslStream"/> could not continue.</summary>
internal static class SslStreamFailure
{
    /// <summary>Returns the innermost message: the outer ones say only that there was an error.</summary>
    public static string Describe(Exception? exception)
    {
        while (exception?.InnerException is { } inner) exception = inner;
        string text = exception?.Message ?? "the handshake was ended";
        // OpenSSL: "error:0A000102:SSL routines::unsupported protocol".
        return text.StartsWith("error:", StringComparison.Ordinal) ? text[(text.LastIndexOf(':') + 1)..] : text;
    }

    /// <summary>Returns what is wrong with a client's certificate.</summary>
    public static string Describe(X509Chain? chain) =>
        chain is { ChainStatus: [X509ChainStatus first, ..] } ? first.StatusInformation.Trim() : "it is not valid";
}
