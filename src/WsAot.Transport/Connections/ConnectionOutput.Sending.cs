using System.Diagnostics;
using System.Runtime.CompilerServices;
using WsAot.Transport.Connections;
using WsAot.Transport.Output;

namespace WsAot.Transport;

/// <summary>How output is sent: through the loop's buffer to the kernel, and into the queue if the kernel refuses it.</summary>
public abstract unsafe partial class ConnectionOutput
{
    private OutputStatus WriteCorked(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        SendBuffer buffer = Loop.SendBuffer;
        if (body.Length >= InPlaceFromBytes && SendsSlicesTogether && Loop.TryFindReceived(body, out int start)
            && buffer.TryAppendReference(head, Loop.ReceiveBuffer, start, body.Length))
        {
            return OutputStatus.Buffered;
        }

        if (buffer.TryAppend(head, body)) return OutputStatus.Buffered;

        // The buffer is full, so send it now. Bytes that do not fit into the empty buffer are sent from the caller's memory.
        SendGathered();
        if (Has(ConnectionFlags.OutputFailed)) return OutputStatus.Refused;
        if (_queue is { } queue)
        {
            queue.Append(head);
            queue.Append(body);
            return OutputStatus.Queued;
        }

        return buffer.TryAppend(head, body) ? OutputStatus.Buffered : SendOrQueue(head, body);
    }

    private OutputStatus AfterAppend(OutputQueue queue, int rentedBytes)
    {
        if (Has(ConnectionFlags.OutputBlocked)) return OutputStatus.Queued;
        if (queue.PendingBytes > FlushThresholdBytes) FlushQueue();
        else if (Has(ConnectionFlags.NeedsFlush)) Loop.OnOutputRented(rentedBytes);
        else AddNeedsFlush(rentedBytes);
        return Has(ConnectionFlags.OutputBlocked) ? OutputStatus.Queued
            : Has(ConnectionFlags.OutputFailed) ? OutputStatus.Refused
            : OutputStatus.Buffered;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddNeedsFlush(int rentedBytes)
    {
        SetFlags(ConnectionFlags.NeedsFlush);
        Loop.AddNeedsFlush(this, rentedBytes);
    }

    private void SendGathered()
    {
        SendBuffer buffer = Loop.SendBuffer;
        if (buffer.IsEmpty) return;
        if (!Has(ConnectionFlags.Closed | ConnectionFlags.OutputFailed))
        {
            // The usual case: everything was copied into the buffer.
            if (buffer.ReferenceCount == 0)
            {
                OutputSlice written = buffer.WrittenSlice;
                SendOrQueue(new ReadOnlySpan<OutputSlice>(in written), buffer.TotalBytes);
            }
            else
            {
                SendOrQueue(buffer.GetSlices(), buffer.TotalBytes);
            }
        }

        buffer.Clear();
    }

    private OutputStatus SendOrQueue(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        fixed (byte* first = head, second = body)
        {
            return SendOrQueue([new OutputSlice(first, head.Length), new OutputSlice(second, body.Length)], head.Length + body.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OutputStatus SendOrQueue(ReadOnlySpan<OutputSlice> slices, int totalBytes)
    {
        Debug.Assert(!Has(OutputEnded), "This output has ended.");
        int sent = Send(slices);
        return sent == totalBytes ? OutputStatus.Buffered : QueueUnsent(slices, sent);
    }

    private OutputStatus QueueUnsent(ReadOnlySpan<OutputSlice> slices, int sent)
    {
        if (sent < 0)
        {
            Fail();
            return OutputStatus.Refused;
        }

        _queue ??= Loop.RentQueue();
        _queue.AppendUnsent(slices, sent);
        Block();
        return OutputStatus.Queued;
    }

    private void FlushQueue()
    {
        if (Has(ConnectionFlags.CiphertextHeld) && !TrySendHeld()) return;
        if (_queue is { } queue)
        {
            Debug.Assert(!Has(OutputEnded), "This output has ended.");
            while (!queue.IsEmpty)
            {
                ReadOnlySpan<byte> next = queue.IsNextAlone ? queue.First : queue.Gather(Loop.SendBuffer);
                int sent = Send(next);
                if (sent < 0)
                {
                    Fail();
                    return;
                }

                queue.Advance(sent);
                if (sent == next.Length) continue;
                Block();
                return;
            }

            ReleaseQueue();
        }

        if (Has(ConnectionFlags.ShutdownRequested)) FinishShutdown();
    }

    /// <summary>Sends ciphertext that the kernel has refused before.</summary>
    /// <returns>Whether all of it was sent; if not, output is blocked or has failed.</returns>
    private bool TrySendHeld()
    {
        int result = Tls!.SendHeld();
        if (result == 0)
        {
            Block();
            return false;
        }

        ClearFlags(ConnectionFlags.CiphertextHeld);
        if (result < 0) Fail();
        return result > 0;
    }

    /// <summary>The socket has taken bytes in the background, from <see cref="NextPending"/> on.</summary>
    private void AdvancePending(int sentBytes)
    {
        if (Has(ConnectionFlags.CiphertextHeld)) Tls!.OnSentInBackground(sentBytes);
        else _queue!.Advance(sentBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var slice = new OutputSlice(start, bytes.Length);
            return Send(new ReadOnlySpan<OutputSlice>(in slice));
        }
    }

    /// <summary>
    /// Ends the output only: the input may still hold what the peer sent before, and the end of the input closes the connection.
    /// </summary>
    private void Fail()
    {
        SetFlags(ConnectionFlags.OutputFailed);
        ClearFlags(ConnectionFlags.OutputBlocked);
        ReleaseQueue();
        OnFailed();
    }
}
