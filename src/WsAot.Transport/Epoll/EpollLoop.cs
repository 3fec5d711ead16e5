using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.Versioning;
using WsAot.Transport.Loops;
using WsAot.Transport.Tls;

namespace WsAot.Transport.Epoll;

/// <summary>
/// A loop that waits with epoll, level-triggered. Each event takes one recv: a second one would only return EAGAIN, and input that does not
/// fit into the buffer is reported again after the other connections had their turn. So a message needs the fewest system calls it can have
/// (one recv, one send, a share of epoll_wait), and each connection gets at most one buffer in a batch.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollLoop : ThreadedLoop
{
    /// <summary>The events of one batch; more would only delay posted calls and timers.</summary>
    private const int MaxEvents = 256;

    private readonly EpollEventBuffer _events = new(MaxEvents);
    private readonly EpollEventBuffer _change = new(1);
    private readonly int _epoll;
    private readonly int _wakeEvent;
    private readonly Lock _waking = new();
    private readonly SlotTable _slots = new();

    // Sockets that another loop has accepted. They have a queue of their own, because posting a call would need an object for each. As
    // garbage, these objects take 30 bytes for each open connection.
    private readonly ConcurrentQueue<Accepted> _accepted = new();

    private EpollListener[] _listeners = [];
    private OpenSslLoop? _tls;
    private bool _isEnded;

    public EpollLoop(int index, TransportOptions options, ArrayPool<byte>? pool)
        : base(index, options, pool)
    {
        _epoll = LibC.EpollCreate1(LibC.EPOLL_CLOEXEC);
        if (_epoll >= 0) _wakeEvent = LibC.EventFd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (_epoll < 0 || _wakeEvent < 0)
        {
            string reason = Errno.Describe(Errno.Last);
            if (_epoll >= 0) _ = LibC.Close(_epoll);
            throw new TransportException($"Cannot create an event loop: {reason}.");
        }

        Add(_wakeEvent, new WakeSource(_wakeEvent), LibC.EPOLLIN);
    }

    /// <summary>Shared by the TLS connections of this loop; created for the first one.</summary>
    public OpenSslLoop Tls => _tls ??= new OpenSslLoop(this);

    /// <summary>Makes this loop accept connections for a listener.</summary>
    public void AddListener(EpollListener listener) => _listeners = [.. _listeners, listener];

    /// <summary>Closes the listeners for which this loop accepts.</summary>
    public void CloseListeners()
    {
        foreach (EpollListener listener in _listeners) listener.Dispose();
        _listeners = [];
    }

    /// <summary>Takes over an accepted socket, which is already counted as a connection. On the loop.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="address">The address of its peer.</param>
    /// <param name="listener">The listener that accepted it.</param>
    /// <param name="hasPreamble">Whether a preamble is still to come.</param>
    public void Adopt(int socket, PeerAddress address, ListenOptions listener, bool hasPreamble)
    {
        if (IsStopping)
        {
            Reject(socket);
            return;
        }

        EpollConnection connection = hasPreamble
            ? new EpollPreambleConnection(this, socket, address, listener)
            : TransportFeatures.IsTlsSupported && listener.Tls is OpenSslServer tls
            ? new EpollTlsConnection(this, socket, address, tls)
            : new EpollConnection(this, socket, address);
        try
        {
            connection.Register();
        }
        catch (TransportException exception)
        {
            Reject(socket);
            ReportAcceptFailed(exception.Message);
            return;
        }

        connection.Introduce(listener);
    }

    /// <summary>Makes this loop adopt an accepted socket. Any thread.</summary>
    public void PostAdoption(int socket, PeerAddress address, ListenOptions listener)
    {
        _accepted.Enqueue(new Accepted(socket, address, listener));
        Post(static loop => ((EpollLoop)loop!).AdoptAccepted(), this);
    }

    public void ReportAcceptFailed(string reason) => Handler.OnAcceptFailed(reason);

    public void CloseListener(int socket, int slot)
    {
        Remove(socket, slot);
        _ = LibC.Close(socket);
    }

    /// <summary>Watches a descriptor.</summary>
    /// <returns>The slot that names it in later calls.</returns>
    /// <exception cref="TransportException">The kernel cannot watch another descriptor.</exception>
    public int Add(int descriptor, IEpollSource source, uint events)
    {
        int slot = _slots.Take(source);
        try
        {
            Control(LibC.EPOLL_CTL_ADD, descriptor, events, slot);
        }
        catch (TransportException)
        {
            _slots.Free(slot);
            throw;
        }

        return slot;
    }

    public void Modify(int descriptor, int slot, uint events) => Control(LibC.EPOLL_CTL_MOD, descriptor, events, slot);

    /// <summary>
    /// Stops watching a descriptor. Its events that were already taken are ignored, because the slot gets another generation.
    /// </summary>
    public void Remove(int descriptor, int slot)
    {
        Control(LibC.EPOLL_CTL_DEL, descriptor, 0, slot);
        _slots.Free(slot);
    }

    /// <summary>
    /// Frees the slot of a descriptor that is about to be closed. The kernel stops watching it then, which saves a system call. A process
    /// that is just being started may hold the descriptor until it runs its own program; until then, the loop ignores its events.
    /// </summary>
    public void Forget(int slot) => _slots.Free(slot);

    private protected override void Wake()
    {
        ulong one = 1;
        lock (_waking)
        {
            // After the loop has ended, another file may have this descriptor number.
            if (!_isEnded) _ = LibC.Write(_wakeEvent, (byte*)&one, sizeof(ulong));
        }
    }

    protected override void RunBatches()
    {
        int timeoutMs = 0;
        while (!IsStopping)
        {
            // The only error here is EINTR; the batch then has no events.
            int count = LibC.EpollWait(_epoll, _events.Pointer, _events.Capacity, timeoutMs);
            for (int i = 0; i < count; i++) Dispatch(_events.Data(i), _events.Events(i));
            int acceptRetryMs = EndBatchOfListeners(isFull: count == _events.Capacity);
            int batchMs = EndBatch();
            timeoutMs = (uint)acceptRetryMs < (uint)batchMs ? acceptRetryMs : batchMs;
        }
    }

    protected override void CloseAll()
    {
        CloseListeners();
        foreach (IEpollSource source in _slots.All())
        {
            if (source is TransportConnection connection) connection.Close();
        }
    }

    protected override void FreeResources()
    {
        lock (_waking) _isEnded = true;
        _ = LibC.Close(_wakeEvent);
        _ = LibC.Close(_epoll);
        _tls?.Dispose();
    }

    private void AdoptAccepted()
    {
        if (!_accepted.TryDequeue(out Accepted accepted)) return;
        Adopt(accepted.Socket, accepted.Address, accepted.Listener, accepted.Listener.HasPreamble);
    }

    private void Control(int operation, int descriptor, uint events, int slot)
    {
        _change.Set(0, events, _slots.KeyOf(slot));
        // All errors of epoll_ctl except ENOMEM and ENOSPC (fs.epoll.max_user_watches) are bugs in this code.
        if (LibC.EpollCtl(_epoll, operation, descriptor, _change.Pointer) < 0 && operation != LibC.EPOLL_CTL_DEL)
        {
            throw new TransportException($"Cannot watch a descriptor: {Errno.Describe(Errno.Last)}.");
        }
    }

    private void Reject(int socket)
    {
        _ = LibC.Close(socket);
        UncountConnection();
    }

    private void Dispatch(ulong key, uint events)
    {
        if (_slots.Find(key) is not { } source) return;
        try
        {
            source.OnEvents(events);
        }
        catch (Exception exception)
        {
            OnException(exception, source as TransportConnection);
        }
    }

    /// <param name="isFull">Whether there may be more events than the batch has.</param>
    /// <returns>Milliseconds until a listener's pause after a failure is over; -1: there is none.</returns>
    private int EndBatchOfListeners(bool isFull)
    {
        int waitMs = -1;
        foreach (EpollListener listener in _listeners)
        {
            int nextMs = listener.OnBatchEnd(isFull);
            if ((uint)nextMs < (uint)waitMs) waitMs = nextMs;
        }

        return waitMs;
    }

    private readonly record struct Accepted(int Socket, PeerAddress Address, ListenOptions Listener);

    private sealed class WakeSource(int descriptor) : IEpollSource
    {
        public void OnEvents(uint events)
        {
            ulong count;
            _ = LibC.Read(descriptor, (byte*)&count, sizeof(ulong));
        }
    }
}
