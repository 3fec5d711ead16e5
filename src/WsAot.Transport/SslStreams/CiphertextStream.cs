using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace WsAot.Transport.SslStreams;

/// <summary>
/// The network, as an <see cref="System.Net.Security.SslStream"/> sees it. It reads what its loop has received, and a waiting read
/// continues within <see cref="Feed"/>; what it writes is passed on at once. So everything happens on the loop.
/// </summary>
/// <param name="write">Sends ciphertext, or holds it.</param>
internal sealed class CiphertextStream(CiphertextStream.WriteAction write) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private ReadOnlyMemory<byte> _input;
    private Memory<byte> _destination;
    private bool _isWaiting;
    private bool _isEnded;

    public delegate void WriteAction(ReadOnlySpan<byte> ciphertext);

    /// <summary>Whether all received bytes were read, and the reader waits for more.</summary>
    public bool IsWaiting => _isWaiting;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives received bytes to the reader. The memory is used until <see cref="DropInput"/>.</summary>
    public void Feed(ReadOnlyMemory<byte> ciphertext)
    {
        _input = ciphertext;
        Answer();
    }

    public void DropInput() => _input = default;

    /// <summary>Ends the input: a waiting read ends, and frees its buffers.</summary>
    public void End()
    {
        (_input, _isEnded) = (default, true);
        Answer();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Debug.Assert(!_isWaiting, "One read at a time.");
        if (!_input.IsEmpty || _isEnded) return new ValueTask<int>(Take(buffer.Span));
        _read.Reset();
        (_destination, _isWaiting) = (buffer, true);
        return new ValueTask<int>(this, _read.Version);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Never called: a read that does not wait gets bytes that were decrypted before.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
        // Nothing is kept here.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    /// <summary>
    /// Continues a waiting reader on this thread. The loop's synchronization context is removed meanwhile: with it, the tasks in between
    /// would continue on the thread pool.
    /// </summary>
    private void Answer()
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        Memory<byte> destination = _destination;
        _destination = default;
        SynchronizationContext? former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _read.SetResult(Take(destination.Span));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(former);
        }
    }

    private int Take(Span<byte> destination)
    {
        int length = Math.Min(_input.Length, destination.Length);
        _input.Span[..length].CopyTo(destination);
        _input = _input[length..];
        return length;
    }
}
