using System.Diagnostics;
using System.Runtime.CompilerServices;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport;

/// <summary>
/// The output of a connection. While the connection is being served, its output gathers in the loop's buffer. At other times, or if the
/// kernel refuses it, output waits in a queue. Use it on the connection's loop only. An idle connection has no buffer and no queue.
/// <c>ConnectionOutput.Sending.cs</c> sends the bytes.
/// </summary>
public abstract unsafe partial class ConnectionOutput : LoopMember
{
    /// <summary>If more output than this waits for a connection that is not being served, it is sent in the middle of the batch.</summary>
    private const int FlushThresholdBytes = 64 * 1024;

    /// <summary>A smaller body is copied, not sent from the receive buffer: one more slice costs the kernel more than the copy.</summary>
    private const int InPlaceFromBytes = 4096;

    private const ConnectionFlags TakesNoOutput = ConnectionFlags.Closed | ConnectionFlags.ShutdownRequested | ConnectionFlags.OutputFailed;
    private const ConnectionFlags OutputEnded = ConnectionFlags.Closed | ConnectionFlags.OutputShut | ConnectionFlags.OutputFailed;

    private OutputQueue? _queue;
    private ConnectionFlags _flags;

    private protected ConnectionOutput(TransportLoop loop)
        : base(loop)
    {
    }

    /// <summary>The owner of this connection. It can be replaced at any time.</summary>
    /// <remarks>It is in this class because the runtime then packs the fields of a connection without a gap, which saves 8 bytes.</remarks>
    public IConnectionHandler Handler { get; set; } = NullConnectionHandler.Instance;

    /// <summary>The bytes that wait in the queue, without those that leave when the callback returns. Any thread, as an estimate.</summary>
    public int PendingBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(ConnectionFlags.CiphertextHeld) ? QueuedBytes + Tls!.HeldBytes : QueuedBytes;
    }

    /// <summary>
    /// Whether the kernel has refused output. If so, the pending output leaves as the peer reads, and
    /// <see cref="IConnectionHandler.OnOutputProgress"/> reports it; if not, it leaves when the batch ends, without a report.
    /// </summary>
    public bool IsOutputBlocked => Has(ConnectionFlags.OutputBlocked);

    /// <summary>The bytes to send next in the background. Only while output is blocked.</summary>
    private protected ArraySegment<byte> NextPending => Has(ConnectionFlags.CiphertextHeld) ? Tls!.NextHeld : _queue!.First;

    /// <summary>Whether slices leave in one system call; if not, it is better to copy them together.</summary>
    private protected abstract bool SendsSlicesTogether { get; }

    /// <summary>
    /// What encrypts this connection; null on a plain connection. It holds ciphertext that the kernel has refused
    /// (<see cref="ConnectionFlags.CiphertextHeld"/>), which is sent before the queue.
    /// </summary>
    private protected virtual ITlsChannel? Tls => null;

    private int QueuedBytes => _queue?.PendingBytes ?? 0;

    /// <summary>Whether this connection is being served, so that its output gathers in the loop's buffer.</summary>
    private protected bool IsCorked => ReferenceEquals(Loop.Corked, this);

    /// <summary>
    /// Sends two spans, one after the other. Bytes that cannot be sent at once are copied. There is one exception: during
    /// <see cref="IConnectionHandler.OnReceived"/>, a body that lies in the received bytes must not be changed after this call.
    /// </summary>
    public OutputStatus Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        AssertOnLoop();
        if (Has(TakesNoOutput)) return OutputStatus.Refused;
        if (_queue is null && IsCorked) return WriteCorked(head, body);
        OutputQueue queue = _queue ??= Loop.RentQueue();
        return AfterAppend(queue, queue.Append(head, body.Length) + queue.Append(body));
    }

    /// <summary>
    /// Reserves room in the loop's buffer, if this connection is being served and none of its output waits. Write there at once: the bytes
    /// are sent when the callback returns. If this returns false, use <see cref="Write"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(int length, out Span<byte> reserved)
    {
        AssertOnLoop();
        if (_queue is null && IsCorked && !Has(TakesNoOutput)) return Loop.SendBuffer.TryReserve(length, out reserved);
        reserved = default;
        return false;
    }

    /// <summary>Sends a frame that several connections share. It is not copied, and must not be changed afterwards.</summary>
    public OutputStatus WriteShared(byte[] frame)
    {
        AssertOnLoop();
        if (Has(TakesNoOutput)) return OutputStatus.Refused;
        if (_queue is null && IsCorked) return WriteCorked(frame, default);
        OutputQueue queue = _queue ??= Loop.RentQueue();
        return AfterAppend(queue, queue.AppendShared(frame));
    }

    internal sealed override void FlushQueued()
    {
        ClearFlags(ConnectionFlags.NeedsFlush);
        if (!Has(ConnectionFlags.Closed | ConnectionFlags.OutputBlocked)) FlushQueue();
    }

    private protected bool Has(ConnectionFlags flags) => (_flags & flags) != 0;

    private protected bool HasJust(ConnectionFlags flags, ConnectionFlags among) => (_flags & among) == flags;

    private protected void SetFlags(ConnectionFlags flags) => _flags |= flags;

    private protected void ClearFlags(ConnectionFlags flags) => _flags &= ~flags;

    /// <summary>Begins to gather output in the loop's buffer: a callback of this connection follows.</summary>
    private protected void Cork()
    {
        AssertOnLoop();
        Debug.Assert(Loop.Corked is null, "One connection is served at a time.");
        // The buffer is empty, unless sending another connection's output threw. This peer must not get the rest of that output.
        Loop.SendBuffer.Clear();
        Loop.Corked = this;
    }

    /// <summary>Sends what was gathered: the callback has returned.</summary>
    private protected void Uncork()
    {
        Debug.Assert(IsCorked, "Only a connection that is being served ends that.");
        Loop.Corked = null;
        SendGathered();
        if (Has(ConnectionFlags.ShutdownRequested)) FinishShutdown();
    }

    /// <summary>Ends the output, unless something still waits; then this is called again when it has been sent.</summary>
    private protected void FinishShutdown()
    {
        if (_queue is not null || Has(OutputEnded | ConnectionFlags.OutputBlocked) || Tls?.SendEnd() == false) return;
        SetFlags(ConnectionFlags.OutputShut);
        OnDrained();
    }

    /// <summary>The socket takes output again.</summary>
    /// <param name="sentBytes">How many of the pending bytes it has taken meanwhile.</param>
    private protected void OnWritable(int sentBytes = 0)
    {
        if (Has(ConnectionFlags.Closed) || !Has(ConnectionFlags.OutputBlocked)) return;
        ClearFlags(ConnectionFlags.OutputBlocked);
        int before = PendingBytes;
        if (sentBytes > 0) AdvancePending(sentBytes);
        FlushQueue();
        if (PendingBytes < before && !Has(ConnectionFlags.Closed)) Handler.OnOutputProgress();
        UpdateInterest();
    }

    /// <summary>Waits for the kernel, which takes no output now, until <see cref="OnWritable"/> is called.</summary>
    private protected void Block()
    {
        SetFlags(ConnectionFlags.OutputBlocked);
        UpdateInterest();
    }

    /// <summary>Returns the queue and its chunks.</summary>
    private protected void ReleaseQueue()
    {
        if (_queue is not { } queue) return;
        _queue = null;
        if (!queue.IsReusable) queue.Clear();
        Loop.ReturnQueue(queue);
    }

    /// <summary>
    /// Sends slices, in order and without waiting. All output goes through this method, with one exception: the sockets transport sends a
    /// queue that the kernel has refused in the background. A connection with TLS overrides this: see <see cref="Tls"/>.
    /// </summary>
    /// <returns>The bytes taken; fewer than all: the kernel takes no more now; -1: it never will again.</returns>
    private protected abstract int Send(ReadOnlySpan<OutputSlice> slices);

    /// <summary>Makes the kernel watch for what this connection waits for now.</summary>
    private protected abstract void UpdateInterest();

    /// <summary>The kernel will never take output again. This can happen within a write of the owner.</summary>
    private protected abstract void OnFailed();

    /// <summary>The owner has ended the output, and everything that was written before has been sent.</summary>
    private protected abstract void OnDrained();
}
