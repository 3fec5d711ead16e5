using WsAot.Transport.Output;
using WsAot.Transport.Tls;

namespace WsAot.Transport.SslStreams;

/// <content>The way out: each record goes to the kernel when it is encrypted, and what the kernel refuses is held.</content>
internal sealed unsafe partial class SslStreamChannel
{
    private OutputQueue? _held;         // ciphertext that the kernel has refused
    private bool _hasSentEnd;
    private bool _isOutputBroken;

    public int HeldBytes => _held?.PendingBytes ?? 0;

    /// <summary>The ciphertext to be sent next. Only while some is held.</summary>
    public ArraySegment<byte> NextHeld => _held!.First;

    public int Send(ReadOnlySpan<OutputSlice> slices)
    {
        if (State != TlsState.Established) return IsOver ? -1 : 0;
        int total = 0;
        int index = 0;
        int offset = 0;
        while (index < slices.Length && _held is null)
        {
            int count = RecordFiller.Fill(slices, ref index, ref offset, loop.Record);
            if (!TryEncrypt(count) || _isOutputBroken) return -1;
            total += count;
        }

        return total;
    }

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

    public bool SendEnd()
    {
        if (State == TlsState.Established && !_hasSentEnd)
        {
            _hasSentEnd = true;
            try
            {
                _ssl!.ShutdownAsync().GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                // The FIN says it, too.
            }
        }

        return _held is null;
    }

    /// <summary>The kernel has taken bytes of what is held.</summary>
    public void OnSentInBackground(int bytes) => _held?.Advance(bytes);

    /// <summary>Gives back what is held, unless the kernel still reads it.</summary>
    public void ReleaseHeld()
    {
        if (_held is not { } held || wire.IsSendingInBackground) return;
        _held = null;
        if (!held.IsReusable) held.Clear();
        loop.Loop.ReturnQueue(held);
    }

    private bool TryEncrypt(int count)
    {
        try
        {
            _ssl!.Write(loop.Record, 0, count);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void SendUnencrypted(ReadOnlySpan<byte> bytes)
    {
        // The kernel takes it whole: nothing was sent before.
        fixed (byte* start = bytes) _ = wire.SendCiphertext([new OutputSlice(start, bytes.Length)]);
    }

    private void SendRecord(ReadOnlySpan<byte> ciphertext)
    {
        if (_isOutputBroken) return;
        fixed (byte* start = ciphertext)
        {
            ReadOnlySpan<OutputSlice> output = [new OutputSlice(start, ciphertext.Length)];
            int sent = _held is null ? wire.SendCiphertext(output) : 0;
            if (sent == ciphertext.Length) return;
            _isOutputBroken = sent < 0;
            if (_isOutputBroken) return;
            bool isFirst = _held is null;
            _held ??= loop.Loop.RentQueue();
            _held.AppendUnsent(output, sent);
            if (isFirst) wire.OnCiphertextHeld();
        }
    }
}
