using System.Buffers;
using WsAot.Transport.Epoll;
using WsAot.Transport.Sockets;

namespace WsAot.Transport;

/// <content>The only place that names the transports; everything else works with the base class.</content>
public abstract partial class ServerTransport
{
    /// <summary>
    /// The number of descriptors that this process may have open (<c>ulimit -n</c>); <see cref="int.MaxValue"/> where the platform has no
    /// such limit.
    /// </summary>
    public static int DescriptorLimit => OperatingSystem.IsLinux() ? EpollTransport.ReadDescriptorLimit() : int.MaxValue;

    /// <summary>The number of descriptors that this process has open; 0 where that is not known. Reads <c>/proc/self/fd</c>.</summary>
    public static int CountDescriptors() => OperatingSystem.IsLinux() ? EpollTransport.ReadDescriptorCount() : 0;

    /// <summary>Creates a transport.</summary>
    /// <param name="kind">The kind of transport.</param>
    /// <param name="options">The number of loops, and the sizes of their buffers.</param>
    /// <param name="pool">
    /// The pool from which all loops rent their buffers, each on its own thread; null: each loop has a pool of its own.
    /// </param>
    /// <exception cref="TransportException">This platform or this build does not have the transport.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static ServerTransport Create(TransportKind kind, TransportOptions options, ArrayPool<byte>? pool = null)
    {
        options.Validate();
        if (OperatingSystem.IsLinux() && kind is TransportKind.Auto or TransportKind.Epoll) return new EpollTransport(options, pool);
        if (kind == TransportKind.Epoll) throw new TransportException("The epoll transport exists on Linux only; choose auto or sockets.");
        if (TransportFeatures.IsSocketsSupported) return new SocketsTransport(options, pool);
        throw new TransportException("The sockets transport was left out of this build: publish with -p:WsAotSocketsTransport=true.");
    }
}
