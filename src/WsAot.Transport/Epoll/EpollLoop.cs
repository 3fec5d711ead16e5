using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace WsAot.Transport.Epoll;

/// <summary>
/// A loop that waits with epoll, level-triggered: one recv for an event, without the second one that would only learn of EAGAIN, and
/// what does not fit into the buffer is reported again after the others had their turn. That is the fewest system calls a message
/// can have (one recv, one send, a share of epoll_wait), and it is fair: one buffer for each connection in a batch.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollLoop : TransportLoop
{
    /// <summary>Events taken at once; more only delay what was posted and what is due.</summary>
    private const int MaxEvents = 256;

    private readonly EpollEventBuffer _events = new(MaxEvents);
    private readonly EpollEventBuffer _change = new(1);
    private readonly int _epoll;
    private readonly int _wakeEvent;
    private readonly Thread _thread;
    private readonly Lock _waking = new();
    private readonly SlotTable _slots = new();
    private EpollListener[] _listeners = [];
    private bool _isStopping;
    private bool _isEnded;

    public EpollLoop(int index, TransportOptions options, ArrayPool<byte>? pool)
        : base(options, pool)
    {
        _epoll = LibC.EpollCreate1(LibC.EPOLL_CLOEXEC);
        if (_epoll >= 0) _wakeEvent = LibC.EventFd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (_epoll < 0 || _wakeEvent < 0)
        {
            string reason = Errno.Describe(Errno.Last);
            if (_epoll >= 0) _ = LibC.Close(_epoll);
            throw new TransportException($"No event loop: {reason}.");
        }

        Add(_wakeEvent, new WakeSource(_wakeEvent), LibC.EPOLLIN);
        _thread = new Thread(Run) { IsBackground = true, Name = $"wsaot-loop-{index}" };
    }

    public void Start() => _thread.Start();

    /// <summary>Ends the loop and waits for its thread, but not longer than it is told to.</summary>
    public void End(int timeoutMs)
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            CloseOwnDescriptors();
            return;
        }

        Post(static loop => ((EpollLoop)loop!)._isStopping = true, this);
        _thread.Join(timeoutMs);
    }

    /// <summary>Accepts from a listener on this loop.</summary>
    public void AddListener(EpollListener listener) => _listeners = [.. _listeners, listener];

    public void RemoveListeners()
    {
        foreach (EpollListener listener in _listeners) listener.Dispose();
        _listeners = [];
    }

    /// <summary>Takes over an accepted socket. On the loop.</summary>
    public void Adopt(int socket, PeerAddress address)
    {
        var connection = new EpollConnection(this, socket, address);
        try
        {
            connection.Register();
        }
        catch (TransportException exception)
        {
            _ = LibC.Close(socket);
            UncountConnection();
            ReportAcceptFailed(exception.Message);
            return;
        }

        Adopt(connection);
    }

    public void ReportAcceptFailed(string reason) => Handler.OnAcceptFailed(reason);

    public void CloseListener(int socket, ulong key)
    {
        Remove(socket, key);
        _ = LibC.Close(socket);
    }

    /// <summary>Has a descriptor watched.</summary>
    /// <returns>The key by which later calls name it.</returns>
    public ulong Add(int descriptor, IEpollSource source, uint events)
    {
        ulong key = _slots.Take(source);
        try
        {
            Control(LibC.EPOLL_CTL_ADD, descriptor, events, key);
        }
        catch (TransportException)
        {
            _slots.Free(key);
            throw;
        }

        return key;
    }

    public void Modify(int descriptor, ulong key, uint events) => Control(LibC.EPOLL_CTL_MOD, descriptor, events, key);

    /// <summary>Has a descriptor watched no more. Events of it that were taken already find another generation in the slot.</summary>
    public void Remove(int descriptor, ulong key)
    {
        Control(LibC.EPOLL_CTL_DEL, descriptor, 0, key);
        _slots.Free(key);
    }

    /// <summary>Receives into the loop's buffer.</summary>
    /// <returns>The bytes received; 0 at the end of the input; -1 if there is nothing now; -2 on an error.</returns>
    public int Receive(int socket, out Span<byte> received)
    {
        byte* buffer = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(ReceiveBuffer));
        nint length;
        int errno = 0;
        do
        {
            length = LibC.Recv(socket, buffer, (nuint)ReceiveBuffer.Length, 0);
        }
        while (length < 0 && (errno = Errno.Last) == Errno.EINTR);

        received = length > 0 ? ReceiveBuffer.AsSpan(0, (int)length) : default;
        return length >= 0 ? (int)length : errno == Errno.EAGAIN ? -1 : -2;
    }

    protected override void Wake()
    {
        ulong one = 1;
        lock (_waking)
        {
            // Once the loop has ended, its descriptor's number may be another's.
            if (!_isEnded) _ = LibC.Write(_wakeEvent, (byte*)&one, sizeof(ulong));
        }
    }

    private void Control(int operation, int descriptor, uint events, ulong key)
    {
        _change.Set(0, events, key);
        // Of the errors that epoll_ctl has, only ENOMEM and ENOSPC (fs.epoll.max_user_watches) are not mistakes of ours.
        if (LibC.EpollCtl(_epoll, operation, descriptor, _change.Pointer) < 0 && operation != LibC.EPOLL_CTL_DEL)
        {
            throw new TransportException($"A descriptor cannot be watched: {Errno.Describe(Errno.Last)}.");
        }
    }

    private void Run()
    {
        SynchronizationContext? former = Enter();
        int timeoutMs = 0;
        while (!_isStopping)
        {
            int count = LibC.EpollWait(_epoll, _events.Pointer, _events.Capacity, timeoutMs);
            // EINTR is the only error that a right call has: the wait begins anew.
            for (int i = 0; i < count; i++) Dispatch(_events.Data(i), _events.Events(i));
            int acceptRetryMs = RetryAccept();
            int batchMs = EndBatch();
            timeoutMs = (uint)acceptRetryMs < (uint)batchMs ? acceptRetryMs : batchMs;
        }

        CloseAll();
        Leave(former);
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

    private int RetryAccept()
    {
        int waitMs = -1;
        foreach (EpollListener listener in _listeners)
        {
            int nextMs = listener.RetryAfterFailure();
            if ((uint)nextMs < (uint)waitMs) waitMs = nextMs;
        }

        return waitMs;
    }

    private void CloseAll()
    {
        RemoveListeners();
        EndBatch();
        foreach (IEpollSource source in _slots.All())
        {
            if (source is TransportConnection connection) connection.Close();
        }

        EndLastBatches();
        CloseOwnDescriptors();
    }

    private void CloseOwnDescriptors()
    {
        lock (_waking) _isEnded = true;
        _ = LibC.Close(_wakeEvent);
        _ = LibC.Close(_epoll);
    }

    private sealed class WakeSource(int descriptor) : IEpollSource
    {
        public void OnEvents(uint events)
        {
            ulong count;
            _ = LibC.Read(descriptor, (byte*)&count, sizeof(ulong));
        }
    }
}
