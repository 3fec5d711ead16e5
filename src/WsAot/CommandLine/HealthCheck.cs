using System.Globalization;
using System.Net;
using System.Text;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// <c>--healthcheck</c>: the program asks a server that runs with the same options whether it is healthy. A container's HEALTHCHECK uses it
/// in an image without a shell and curl. It knows only the addresses in the options, not those that the application sets in code.
/// </summary>
internal static class HealthCheck
{
    private const string Option = "--healthcheck";
    private const int TimeoutMs = 2000;

    public static bool IsAskedFor(string[] args) => args.Contains(Option, StringComparer.OrdinalIgnoreCase);

    /// <summary>The arguments without <c>--healthcheck</c>.</summary>
    public static string[] Without(string[] args) =>
        [.. args.Where(static arg => !arg.Equals(Option, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Requests <c>/healthz</c> at each address.</summary>
    /// <exception cref="TransportException">
    /// No server answers at an address, or it does not answer with 200. The message names the address.
    /// </exception>
    public static void Run(WsServerOptions options)
    {
        IReadOnlyList<ListenAddress> addresses = ListenAddress.ParseAll(options.Urls);
        // Plain and TLS addresses have the same loops, so if there are plain ones, checking those is enough.
        bool hasPlain = ListenAddress.Find(addresses, isSecure: false) is not null;
        foreach (ListenAddress address in addresses)
        {
            if (hasPlain && address.IsSecure) continue;
            if (FindFault(address, options) is { } fault) throw new TransportException($"{address} is not healthy: {fault}");
        }
    }

    private static string? FindFault(ListenAddress listened, WsServerOptions options)
    {
        EndPoint target = listened.EndPoint;
        if (target is IPEndPoint address)
        {
            if (address.Port == 0) return "port 0 means any port: name the port that the server listens on.";
            target = new IPEndPoint(Reachable(address.Address), address.Port);
        }

        // UNKNOWN, because the check does not stand for a client.
        bool hasHeader = ProxyRules.SpeaksProxyProtocol(options, listened);
        byte[] header = hasHeader ? "PROXY UNKNOWN\r\n"u8.ToArray() : [];
        byte[] question = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"GET /healthz HTTP/1.1\r\nHost: {HostOf(target)}\r\nConnection: close\r\n\r\n"));
        Span<byte> answer = stackalloc byte[1024];
        try
        {
            int length = listened.IsSecure
                ? BlockingClient.AskTls(target, question, answer, TimeoutMs, header)
                : BlockingClient.Ask(target, [.. header, .. question], answer, TimeoutMs);
            string statusLine = Encoding.ASCII.GetString(answer[..length]).Split('\r', 2)[0];
            // A server that redirects to its TLS address is healthy.
            bool isRedirected = TlsRules.Redirects(options) && statusLine.StartsWith("HTTP/1.1 308 ", StringComparison.Ordinal);
            return isRedirected || statusLine.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? null : $"it answered '{statusLine}'.";
        }
        catch (TransportException exception)
        {
            // A server that asks for a certificate is healthy.
            bool asks = listened.IsSecure && options.TlsClientCertificate == TlsClientCertificateMode.Required
                && exception.Message.Contains("certificate required", StringComparison.Ordinal);
            if (asks) return null;
            return hasHeader ? $"{exception.Message} Is this machine's address in --trusted-proxies?" : exception.Message;
        }
    }

    private static string HostOf(EndPoint target) => target is IPEndPoint ? target.ToString()! : "localhost";

    /// <summary>An address to connect to, if the server listens on all addresses of this machine.</summary>
    // IPv4 also reaches a socket of both families, and a machine without IPv6 has only IPv4.
    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : address;
}
