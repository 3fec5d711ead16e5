using System.Buffers;
using System.Net;
using System.Runtime.Versioning;
using WsAot.Transport.Listening;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Epoll;

/// <summary>Loops on epoll. The first one accepts for all.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EpollTransport(TransportOptions options, ArrayPool<byte>? pool) : ServerTransport(options)
{
    private EpollListener[] _listeners = [];

    public override string Name => "epoll";

    private EpollLoop Acceptor => (EpollLoop)Loops[0];

    public static unsafe int ReadDescriptorLimit()
    {
        LibC.RLimit limit;
        return LibC.GetRLimit(LibC.RLIMIT_NOFILE, &limit) == 0 ? (int)Math.Min(limit.Soft, int.MaxValue) : int.MaxValue;
    }

    public static unsafe int ReadDescriptorCount()
    {
        const int NameOffset = 19;      // in struct linux_dirent64
        int folder;
        fixed (byte* path = "/proc/self/fd\0"u8) folder = LibC.Open(path, LibC.O_DIRECTORY | LibC.O_CLOEXEC);
        if (folder < 0) return 0;
        byte* entries = stackalloc byte[8192];
        // Do not count the descriptor of this folder.
        int count = -1;
        nint length;
        while ((length = LibC.GetDirectoryEntries(folder, entries, 8192)) > 0)
        {
            for (nint at = 0; at < length; at += *(ushort*)(entries + at + 16))
            {
                // Skip "." and "..".
                if (entries[at + NameOffset] != (byte)'.') count++;
            }
        }

        _ = LibC.Close(folder);
        return Math.Max(count, 0);
    }

    public override IReadOnlyList<int> FindSockets(ListenOptions listener) => Array.ConvertAll(
        Array.FindAll(_listeners, socket => ReferenceEquals(socket.Options, listener)), static socket => socket.Socket);

    public override TlsServer CreateTls(TlsServerOptions options) => OpenSslServer.Create(options);

    /// <summary>Gives an accepted socket to the loop with the fewest connections. On the loop that accepts.</summary>
    internal void HandOver(EpollLoop acceptor, int socket, PeerAddress address, ListenOptions listener)
    {
        var loop = (EpollLoop)ReserveOnLeastLoadedLoop();
        if (ReferenceEquals(loop, acceptor)) loop.Adopt(socket, address, listener, listener.HasPreamble);
        else loop.PostAdoption(socket, address, listener);
    }

    private protected override IListeningSocket Open(ListenOptions listener, EndPoint endPoint, int? inherited)
    {
        var socket = new EpollListener(this, Acceptor, listener, endPoint, inherited, Options.Backlog);
        _listeners = [.. _listeners, socket];
        return socket;
    }

    private protected override TransportLoop CreateLoop(int index) => new EpollLoop(index, Options, pool);

    private protected override Task CloseListenersAsync() => Loops.Count == 0
        ? Task.CompletedTask
        : Acceptor.RunAsync(static loop => ((EpollLoop)loop!).CloseListeners(), Acceptor);
}
