using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WsAot.Handshake;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Routing;
using WsAot.Topics;
using WsAot.Transport;

namespace WsAot;

/// <summary>Builds a server. Use it from one thread, and call <see cref="Build"/> once.</summary>
public sealed partial class WsServerBuilder
{
    internal WsServerBuilder(WsRouteTable routes) => Routes = routes;

    /// <summary>The options of the server.</summary>
    public WsServerOptions Options { get; } = new();

    /// <summary>
    /// The services for your handlers: those you add, those of the <see cref="WsServices.Fallback"/>, and, unless one of these has them,
    /// the <see cref="ILoggerFactory"/> and the <see cref="System.TimeProvider"/> of this builder.
    /// </summary>
    public WsServices Services { get; } = new();

    /// <summary>The logger factory of the server. Default: no logging.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The source of time. Default: the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Creates the transport, instead of the one that the options choose: the <c>InMemoryTransport</c> of a test, for example.
    /// </summary>
    public Func<TransportOptions, ServerTransport>? CreateTransport { get; set; }

    internal WsRouteTable Routes { get; }

    /// <summary>The limit of published messages that wait for other loops.</summary>
    internal DeliveryBacklog Backlog { get; set; } = new();

    /// <summary>The units of one turn of a connection.</summary>
    internal int TurnUnits { get; set; } = TurnCosts.Turn;

    /// <summary>Looks at the process's memory, without the connections. Tests say what is to be seen; null: the process itself.</summary>
    internal Func<MemoryReading>? ReadMemory { get; set; }

    /// <summary>The link to the topics of other processes; null if there is none.</summary>
    internal ITopicBackplane? Backplane { get; set; }

    internal List<HttpPage> Pages { get; } = [new("/healthz"u8.ToArray(), "text/plain; charset=utf-8", "ok\n"u8.ToArray())];

    /// <summary>Serves a page over plain HTTP at a path, instead of any page that was there before.</summary>
    /// <param name="path">The path: starts with <c>/</c>, has no query, and is percent-encoded as in a request.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">The content. Do not change it afterwards.</param>
    /// <exception cref="ArgumentException">The path or the media type cannot be sent in HTTP.</exception>
    public WsServerBuilder AddPage(string path, string contentType, byte[] body)
    {
        if (!path.StartsWith('/') || path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains('?'))
        {
            throw new ArgumentException(
                $"'{path}' is not a path: it must start with / and be visible ASCII without a question mark.", nameof(path));
        }

        if (contentType.Length == 0 || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"'{contentType}' is not a media type such as text/html.", nameof(contentType));
        }

        byte[] pathBytes = Encoding.ASCII.GetBytes(path);
        Pages.RemoveAll(page => page.Path.AsSpan().SequenceEqual(pathBytes));
        Pages.Add(new HttpPage(pathBytes, contentType, body));
        return this;
    }

    /// <summary>Creates the server. It does not listen until you start it.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or an address or origin is invalid.</exception>
    /// <exception cref="TransportException">The transport in the options is not available.</exception>
    public WsServer Build() => new(this);
}
