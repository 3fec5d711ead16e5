using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WsAot.Handshake;
using WsAot.Loops;
using WsAot.Routing;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>Puts a server together. Used by one thread; <see cref="Build"/> may be called once.</summary>
public sealed class WsServerBuilder
{
    internal WsServerBuilder(WsRouteTable routes) => Routes = routes;

    /// <summary>What the server is told.</summary>
    public WsServerOptions Options { get; } = new();

    /// <summary>
    /// Where handlers get their services: what is added to it, what its <see cref="WsServices.Fallback"/> has, and, unless one of these has
    /// them, the <see cref="ILoggerFactory"/> and the <see cref="System.TimeProvider"/> of this builder.
    /// </summary>
    public WsServices Services { get; } = new();

    /// <summary>Where the server logs. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Where the time comes from. Default: the system.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Makes the transport, where the options' choice is not wanted: a test's <c>InMemoryTransport</c>, for example.</summary>
    public Func<TransportOptions, ServerTransport>? CreateTransport { get; set; }

    internal WsRouteTable Routes { get; }

    /// <summary>What bounds publishing from loop to loop.</summary>
    internal DeliveryBacklog Backlog { get; set; } = new();

    /// <summary>What bounds a turn of a connection.</summary>
    internal TurnLimits Turn { get; set; } = new();

    /// <summary>What connects its topics with those of other processes; null: nothing does.</summary>
    internal ITopicBackplane? Backplane { get; set; }

    internal List<HttpPage> Pages { get; } = [new("/healthz"u8.ToArray(), "text/plain; charset=utf-8", "ok\n"u8.ToArray())];

    /// <summary>Has something read with plain HTTP at a path, in place of what was there before.</summary>
    /// <param name="path">Begins with <c>/</c>, without a query, encoded as in a request.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">The content; not to be changed any more.</param>
    /// <exception cref="ArgumentException">A path or a media type cannot be sent in HTTP.</exception>
    public WsServerBuilder AddPage(string path, string contentType, byte[] body)
    {
        if (!path.StartsWith('/') || path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('?'))
        {
            throw new ArgumentException($"'{path}' is not a path.", nameof(path));
        }

        if (contentType.Length == 0 || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"'{contentType}' is not a media type.", nameof(contentType));
        }

        byte[] pathBytes = Encoding.ASCII.GetBytes(path);
        Pages.RemoveAll(page => page.Path.AsSpan().SequenceEqual(pathBytes));
        Pages.Add(new HttpPage(pathBytes, contentType, body));
        return this;
    }

    /// <summary>Makes the server; it does not listen yet.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or an address or origin cannot be understood.</exception>
    /// <exception cref="TransportException">The transport asked for is not there.</exception>
    public WsServer Build() => new(this);
}
