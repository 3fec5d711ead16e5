using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace WsAot.Soak.Operating;

/// <summary>Asks an admin listener for its metrics, on a new connection each time, as after a restart of Prometheus.</summary>
internal sealed class Scraper : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    /// <param name="endPoint">The address of the admin listener.</param>
    public Scraper(EndPoint endPoint)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endPoint, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://127.0.0.1"), Timeout = s_patience };
        _client.DefaultRequestHeaders.ConnectionClose = true;
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/openmetrics-text"));
    }

    /// <exception cref="HttpRequestException">There is no answer, or not 200.</exception>
    /// <exception cref="FormatException">The answer is not OpenMetrics.</exception>
    public async Task<Scrape> ScrapeAsync() => new(await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));

    public void Dispose() => _client.Dispose();
}
