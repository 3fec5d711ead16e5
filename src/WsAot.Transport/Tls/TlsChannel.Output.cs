using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <content>The way out: records of up to 16 KiB in the loop's buffer, and one system call for all of them.</content>
internal sealed unsafe partial class TlsChannel
{
    /// <summary>RFC 8446 section 5.1.</summary>
    internal const int MaxPlaintextBytes = 16 * 1024;

    /// <summary>
    /// The answers of TLS itself that may wait for a peer that does not read. It takes thousands of requests for new keys to get there.
    /// </summary>
    private const int MaxHeldBytes = 512 * 1024;

    /// <summary>The ciphertext that the kernel has refused.</summary>
    public int HeldBytes => _held?.PendingBytes ?? 0;

    /// <summary>Encrypts and sends, as far as the kernel takes it; the rest of the last records is held.</summary>
    /// <returns>The bytes of plaintext taken; fewer than all: no more can be taken now; -1: never again.</returns>
    public int Send(ReadOnlySpan<OutputSlice> slices)
    {
        if (State != TlsState.Established) return IsOver ? -1 : 0;
        if (_held is not null) return 0;
        int total = 0;
        int index = 0;
        int offset = 0;
        while (index < slices.Length)
        {
            OutputSlice slice = slices[index];
            int left = (int)slice.Length - offset;
            int count;
            if (left < MaxPlaintextBytes && index < slices.Length - 1)
            {
                // A record costs half a microsecond and 22 bytes, whatever is in it: more than copying 16 KiB.
                count = RecordFiller.Fill(slices, ref index, ref offset, loop.Record);
                fixed (byte* gathered = loop.Record)
                {
                    if (OpenSsl.Write(_ssl, gathered, count) != count) return -1;
                }
            }
            else
            {
                count = Math.Min(left, MaxPlaintextBytes);
                if (count > 0 && OpenSsl.Write(_ssl, slice.Start + offset, count) != count) return -1;
                offset += count;
                if (offset == (int)slice.Length) (index, offset) = (index + 1, 0);
            }

            total += count;
            if (Bio.IsOutputFull && !FlushOutput()) break;
        }

        FlushOutput();
        return _isOutputBroken ? -1 : total;
    }

    /// <summary>Sends what the kernel had refused.</summary>
    /// <returns>1: all of it; 0: the kernel takes no more now; -1: it never will.</returns>
    public int SendHeld()
    {
        while (_held is { IsEmpty: false })
        {
            ArraySegment<byte> next = _held.First;
            int sent;
            fixed (byte* start = next.AsSpan()) sent = wire.SendCiphertext([new OutputSlice(start, next.Count)]);
            if (sent < 0)
            {
                _isOutputBroken = true;
                ReleaseHeld();
                return -1;
            }

            _held.Advance(sent);
            if (sent < next.Count) return 0;
        }

        ReleaseHeld();
        return 1;
    }

    /// <summary>Says that nothing follows (close_notify, RFC 8446 section 6.1).</summary>
    /// <returns>Whether the kernel has taken it, or there is nothing to say.</returns>
    public bool SendEnd()
    {
        if (State == TlsState.Established && !_hasSentEnd)
        {
            _hasSentEnd = true;
            _ = OpenSsl.Shutdown(_ssl);
            OpenSsl.ClearErrors();
            FlushOutput();
        }

        return _held is null;
    }

    /// <summary>Sends the ciphertext in the loop's buffer, and holds what the kernel refuses.</summary>
    /// <returns>Whether it was taken.</returns>
    private bool FlushOutput()
    {
        if (Bio.OutputLength == 0) return _held is null;
        ReadOnlySpan<OutputSlice> output = [new OutputSlice(Bio.Output, Bio.OutputLength)];
        int sent = _held is null && !_isOutputBroken ? wire.SendCiphertext(output) : 0;
        _isOutputBroken |= sent < 0;
        if (!_isOutputBroken && sent < Bio.OutputLength)
        {
            bool isFirst = _held is null;
            _held ??= loop.Loop.RentQueue();
            _held.AppendUnsent(output, sent);
            if (isFirst) wire.OnCiphertextHeld();
        }

        Bio.ClearOutput();
        return _held is null;
    }

    private void ReleaseHeld()
    {
        if (_held is not { } held) return;
        _held = null;
        if (!held.IsReusable) held.Clear();
        loop.Loop.ReturnQueue(held);
    }
}
