using WsAot.Transport.Output;

namespace WsAot.Transport;

/// <summary>
/// A connection's bytes, both ways. It belongs to one loop for life, and every member is used on that loop only
/// (<see cref="TransportLoop.Post"/> leads there from anywhere). An idle one owns no buffer.
/// </summary>
public abstract class TransportConnection
{
    /// <summary>Output that may gather for a connection that is not being served, before it is sent in the middle of a batch.</summary>
    private const int FlushThresholdBytes = 64 * 1024;

    /// <summary>A queued piece this large is sent from where it lies; smaller ones are gathered first, a copy being cheaper than a call.</summary>
    private const int GatherBelowBytes = 16 * 1024;

    /// <summary>
    /// What is this large, and lies where it was received, is sent from there: below it, copying costs less than what the kernel does for
    /// one place more.
    /// </summary>
    private const int InPlaceFromBytes = 4096;

    private OutputQueue? _queue;
    private Flags _flags;

    /// <summary>Makes a connection of a loop.</summary>
    protected TransportConnection(TransportLoop loop, PeerAddress remoteAddress)
    {
        Loop = loop;
        RemoteAddress = remoteAddress;
    }

    [Flags]
    private enum Flags : ushort
    {
        ReadingPaused = 1,
        PeerShut = 2,
        ShutdownRequested = 4,
        OutputShut = 8,
        OutputFailed = 16,
        Blocked = 32,
        Dirty = 64,
        Closed = 128,
        Aborted = 256,
        PeerGone = 512,
        TurnRequested = 1024,
    }

    /// <summary>The loop on which all of this connection happens.</summary>
    public TransportLoop Loop { get; }

    /// <summary>Who is at the other end.</summary>
    public PeerAddress RemoteAddress { get; }

    /// <summary>Who hears of this connection; may be replaced at any time on the loop.</summary>
    public IConnectionHandler Handler { get; set; } = NoHandler.Instance;

    /// <summary>Output in bytes that waits in this connection's queue (what leaves when the callback that wrote it returns does not).</summary>
    public int PendingBytes => _queue?.PendingBytes ?? 0;

    /// <summary>
    /// Whether the kernel has refused output. What waits then leaves when the peer reads, and <see cref="IConnectionHandler.OnOutputProgress"/>
    /// tells of it; what else waits leaves with the batch, without a word.
    /// </summary>
    public bool IsOutputBlocked => Has(Flags.Blocked);

    /// <summary>Whether <see cref="Close"/> or <see cref="Abort"/> was called, or the connection failed.</summary>
    public bool IsClosed => Has(Flags.Closed);

    /// <summary>Whether <see cref="PauseReading"/> is in force.</summary>
    public bool IsReadingPaused => Has(Flags.ReadingPaused);

    /// <summary>The next one in the loop's list of connections with output to send at the end of the batch.</summary>
    internal TransportConnection? NextDirty { get; set; }

    private bool IsCorked => ReferenceEquals(Loop.Corked, this);

    /// <summary>Whether the peer has sent its FIN.</summary>
    protected bool IsPeerShut => Has(Flags.PeerShut);

    /// <summary>Whether the descriptor is to be closed with a reset instead of an orderly end.</summary>
    protected bool IsAborted => Has(Flags.Aborted);

    /// <summary>
    /// Sends two spans one after the other; both are copied if they cannot leave at once. One exception: a body that lies in what
    /// <see cref="IConnectionHandler.OnReceived"/> was given may not be changed any more during that call.
    /// </summary>
    public OutputStatus Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (Has(Flags.Closed | Flags.ShutdownRequested | Flags.OutputFailed)) return OutputStatus.Refused;
        if (_queue is null && IsCorked) return WriteCorked(head, body);

        OutputQueue queue = _queue ??= Loop.RentQueue();
        return AfterQueued(queue, queue.Append(head, body.Length) + queue.Append(body));
    }

    /// <summary>
    /// Takes room in the loop's buffer, if this connection is being served and nothing of it waits: what the caller writes there at once
    /// leaves when the callback returns. Where there is none, <see cref="Write"/> knows what to do.
    /// </summary>
    public bool TryTakeRoom(int length, out Span<byte> room)
    {
        room = default;
        return _queue is null && IsCorked && !Has(Flags.Closed | Flags.ShutdownRequested | Flags.OutputFailed)
            && Loop.SendBuffer.TryTake(length, out room);
    }

    /// <summary>Sends a frame that many connections share; it is not copied, and may not be changed any more.</summary>
    public OutputStatus WriteShared(byte[] frame)
    {
        if (Has(Flags.Closed | Flags.ShutdownRequested | Flags.OutputFailed)) return OutputStatus.Refused;
        if (_queue is null && IsCorked) return WriteCorked(frame, default);

        OutputQueue queue = _queue ??= Loop.RentQueue();
        return AfterQueued(queue, queue.AppendShared(frame));
    }

    /// <summary>Ends the output after all that was written has gone out (a FIN). Input goes on until the peer ends it too.</summary>
    public void ShutdownOutput()
    {
        if (Has(Flags.ShutdownRequested | Flags.Closed)) return;
        _flags |= Flags.ShutdownRequested;
        if (!IsCorked) FinishShutdown();
    }

    /// <summary>Stops asking for input, so that the peer is slowed down; what has come already stays in the kernel.</summary>
    public void PauseReading()
    {
        if (Has(Flags.ReadingPaused | Flags.Closed)) return;
        _flags |= Flags.ReadingPaused;
        UpdateInterest();
    }

    /// <summary>Asks for input again.</summary>
    public void ResumeReading()
    {
        if (!Has(Flags.ReadingPaused) || Has(Flags.Closed)) return;
        _flags &= ~Flags.ReadingPaused;
        UpdateInterest();
    }

    /// <summary>
    /// Asks for a turn in the next batch (<see cref="IConnectionHandler.OnTurn"/>), after the others have had theirs: for an owner that has
    /// more to do with what it received than it may do at once. A connection that is closed meanwhile gets none.
    /// </summary>
    public void RequestTurn()
    {
        if (Has(Flags.TurnRequested | Flags.Closed)) return;
        _flags |= Flags.TurnRequested;
        Loop.AddTurn(this);
    }

    /// <summary>
    /// Ends the connection now; output that still waits is dropped. <see cref="IConnectionHandler.OnClosed"/> follows when the batch
    /// ends: nothing is freed while events of the same batch may still name it.
    /// </summary>
    public void Close()
    {
        if (Has(Flags.Closed)) return;
        _flags |= Flags.Closed;
        Loop.AddClosed(this);
    }

    /// <summary>Ends the connection now with a reset, so that the kernel keeps nothing for a peer that is gone.</summary>
    public void Abort()
    {
        if (Has(Flags.Closed)) return;
        _flags |= Flags.Aborted;
        Close();
    }

    /// <summary>Hands received bytes to the handler, and sends what it writes in one system call afterwards.</summary>
    protected void DeliverReceived(Span<byte> bytes)
    {
        Cork();
        Loop.ReceivedLength = bytes.Length;
        try
        {
            Handler.OnReceived(bytes);
        }
        finally
        {
            Uncork();
            Loop.ReceivedLength = 0;
        }
    }

    /// <summary>The peer's FIN came, after all its bytes.</summary>
    protected void DeliverPeerShutdown()
    {
        if (Has(Flags.PeerShut | Flags.Closed)) return;
        _flags |= Flags.PeerShut;
        if (Has(Flags.OutputShut | Flags.OutputFailed))
        {
            Close();
            return;
        }

        UpdateInterest();
        Handler.OnPeerShutdown();
    }

    /// <summary>The peer is gone, and reading is paused.</summary>
    protected void DeliverPeerGone()
    {
        if (Has(Flags.PeerGone | Flags.Closed) || !Has(Flags.ReadingPaused)) return;
        _flags |= Flags.PeerGone;
        Handler.OnPeerGone();
    }

    /// <summary>The kernel takes output again.</summary>
    /// <param name="sentBytes">Bytes of the queue that it has taken already.</param>
    protected void DeliverWritable(int sentBytes = 0)
    {
        if (Has(Flags.Closed) || !Has(Flags.Blocked)) return;
        _flags &= ~Flags.Blocked;
        if (_queue is { } queue)
        {
            int before = queue.PendingBytes;
            queue.Advance(sentBytes);
            FlushQueue();
            if (!Has(Flags.Closed) && PendingBytes < before) Handler.OnOutputProgress();
        }

        UpdateInterest();
    }

    /// <summary>Gives the handler the turn that was asked for, and sends what it writes in one system call afterwards.</summary>
    internal void DeliverTurn()
    {
        _flags &= ~Flags.TurnRequested;
        if (Has(Flags.Closed)) return;
        Cork();
        try
        {
            Handler.OnTurn();
        }
        finally
        {
            Uncork();
        }
    }

    /// <summary>Sends what was queued during the batch.</summary>
    internal void FlushDirty()
    {
        _flags &= ~Flags.Dirty;
        if (!Has(Flags.Closed | Flags.Blocked)) FlushQueue();
    }

    /// <summary>Frees what the connection holds, and says so to its handler. Called by the loop between batches.</summary>
    internal void Free()
    {
        if (!CloseSocket()) ReleaseQueue();
        Handler.OnClosed();
    }

    /// <summary>Sends without waiting.</summary>
    /// <returns>The bytes taken; 0 if the kernel takes none now; -1 if it never will.</returns>
    protected abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Sends two spans without waiting, in one system call where there is one for it.</summary>
    /// <returns>As <see cref="TrySend(ReadOnlySpan{byte})"/>.</returns>
    protected virtual int TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        int sent = head.IsEmpty ? 0 : TrySend(head);
        if (sent < head.Length || body.IsEmpty) return sent;
        int more = TrySend(body);
        return more < 0 ? more : sent + more;
    }

    /// <summary>Whether bytes that lie in several places leave in one system call.</summary>
    protected virtual bool SendsPieces => false;

    /// <summary>Sends the loop's buffer with the pieces that belong between its bytes, without waiting; only where <see cref="SendsPieces"/>.</summary>
    /// <returns>As <see cref="TrySend(ReadOnlySpan{byte})"/>.</returns>
    private protected virtual int TrySend(SendBuffer buffer) => TrySend(buffer.Written);

    /// <summary>Sends the FIN.</summary>
    protected abstract void SendShutdown();

    /// <summary>
    /// Makes the kernel watch what is wanted now: input if <paramref name="reading"/>, room for output if <paramref name="writing"/>
    /// (the first piece that waits is then <paramref name="next"/>).
    /// </summary>
    protected abstract void SetInterest(bool reading, bool writing, ArraySegment<byte> next);

    /// <summary>Closes the descriptor.</summary>
    /// <returns>Whether the kernel may still read what is queued; <see cref="ReleaseQueue"/> is then called once it does not.</returns>
    protected abstract bool CloseSocket();

    /// <summary>Gives the queue and its chunks back.</summary>
    protected void ReleaseQueue()
    {
        if (_queue is not { } queue) return;
        _queue = null;
        queue.Clear();
        Loop.ReturnQueue(queue);
    }

    private bool Has(Flags flags) => (_flags & flags) != 0;

    private void Cork()
    {
        // Empty already, unless a flush failed for want of memory: then nobody else may send what it left.
        Loop.SendBuffer.Clear();
        Loop.Corked = this;
    }

    private void Uncork()
    {
        FlushCork();
        Loop.Corked = null;
        if (Has(Flags.ShutdownRequested)) FinishShutdown();
    }

    private OutputStatus WriteCorked(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        SendBuffer buffer = Loop.SendBuffer;
        if (body.Length >= InPlaceFromBytes && SendsPieces && Loop.TryFindReceived(body, out int start)
            && buffer.TryRefer(head, Loop.ReceiveBuffer, start, body.Length))
        {
            return OutputStatus.Sent;
        }

        if (buffer.TryAppend(head, body)) return OutputStatus.Sent;

        // The buffer is full: it leaves now. What would not fit into the empty one goes straight from the caller's memory.
        FlushCork();
        if (_queue is null && !Has(Flags.OutputFailed))
        {
            if (buffer.TryAppend(head, body)) return OutputStatus.Sent;
            int sent = TrySend(head, body);
            if (sent == head.Length + body.Length) return OutputStatus.Sent;
            if (sent >= 0)
            {
                _queue = Loop.RentQueue();
                _queue.Append(sent < head.Length ? head[sent..] : default);
                _queue.Append(body[Math.Max(0, sent - head.Length)..]);
                Block();
                return OutputStatus.Queued;
            }

            FailOutput();
        }

        if (Has(Flags.OutputFailed)) return OutputStatus.Refused;
        _queue!.Append(head);
        _queue.Append(body);
        return OutputStatus.Queued;
    }

    private OutputStatus AfterQueued(OutputQueue queue, int rentedBytes)
    {
        if (Has(Flags.Blocked)) return OutputStatus.Queued;
        if (queue.PendingBytes > FlushThresholdBytes)
        {
            FlushQueue();
        }
        else
        {
            if (!Has(Flags.Dirty))
            {
                _flags |= Flags.Dirty;
                Loop.AddDirty(this);
            }

            Loop.OnGathered(rentedBytes);
        }

        return Has(Flags.Blocked) ? OutputStatus.Queued : Has(Flags.OutputFailed) ? OutputStatus.Refused : OutputStatus.Sent;
    }

    private void FlushCork()
    {
        SendBuffer buffer = Loop.SendBuffer;
        if (buffer.IsEmpty) return;
        if (!Has(Flags.Closed | Flags.OutputFailed))
        {
            int sent = buffer.PieceCount == 0 ? TrySend(buffer.Written) : TrySend(buffer);
            if (sent < 0)
            {
                FailOutput();
            }
            else if (sent < buffer.TotalBytes)
            {
                _queue ??= Loop.RentQueue();
                QueueUnsent(_queue, buffer, sent);
                Block();
            }
        }

        buffer.Clear();
    }

    private static void QueueUnsent(OutputQueue queue, SendBuffer buffer, int sent)
    {
        ReadOnlySpan<byte> written = buffer.Written;
        int from = 0;
        foreach (SendBuffer.Piece piece in buffer.Pieces)
        {
            AppendUnsent(queue, written[from..piece.At], ref sent);
            AppendUnsent(queue, piece.Array.AsSpan(piece.Start, piece.Length), ref sent);
            from = piece.At;
        }

        AppendUnsent(queue, written[from..], ref sent);
    }

    private static void AppendUnsent(OutputQueue queue, ReadOnlySpan<byte> bytes, ref int sent)
    {
        int skipped = Math.Min(sent, bytes.Length);
        sent -= skipped;
        queue.Append(bytes[skipped..]);
    }

    private void FlushQueue()
    {
        if (_queue is not { } queue) return;
        // Nothing is corked here but, at most, another connection: then its bytes are in the buffer and each piece goes by itself.
        bool mayGather = Loop.SendBuffer.IsEmpty;
        while (!queue.IsEmpty)
        {
            ReadOnlySpan<byte> next = queue.First;
            if (mayGather && next.Length < queue.PendingBytes && next.Length < GatherBelowBytes)
            {
                Span<byte> gathered = Loop.SendBuffer.Scratch;
                next = gathered[..queue.CopyTo(gathered)];
            }

            int sent = TrySend(next);
            if (sent < 0)
            {
                FailOutput();
                return;
            }

            queue.Advance(sent);
            if (sent < next.Length)
            {
                Block();
                return;
            }
        }

        ReleaseQueue();
        if (Has(Flags.ShutdownRequested)) FinishShutdown();
    }

    private void Block()
    {
        _flags |= Flags.Blocked;
        UpdateInterest();
    }

    /// <summary>
    /// The kernel takes no more output. Input may still hold what the peer sent before it went, so only the output ends here; the
    /// end of the input closes the connection.
    /// </summary>
    private void FailOutput()
    {
        _flags |= Flags.OutputFailed;
        _flags &= ~Flags.Blocked;
        ReleaseQueue();
        if (Has(Flags.PeerShut)) Close();
        // Not within the caller's Write: its owner does not expect to hear anything there.
        else if (Has(Flags.ReadingPaused)) Loop.Post(static connection => ((TransportConnection)connection!).DeliverPeerGone(), this);
    }

    private void FinishShutdown()
    {
        if (Has(Flags.OutputShut | Flags.OutputFailed | Flags.Closed) || _queue is not null) return;
        _flags |= Flags.OutputShut;
        SendShutdown();
        if (Has(Flags.PeerShut)) Close();
    }

    private void UpdateInterest()
    {
        if (Has(Flags.Closed)) return;
        bool isWriting = Has(Flags.Blocked) && _queue is { IsEmpty: false };
        SetInterest(!Has(Flags.ReadingPaused | Flags.PeerShut), isWriting, isWriting ? _queue!.First : default);
    }
}
