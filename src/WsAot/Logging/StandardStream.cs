using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WsAot.Logging;

/// <summary>
/// Stdout or stderr of this process, for writing. On Linux it is our own class because the stream of <see cref="Console"/> can also read,
/// and brings the code of terminals, keys and encodings with it: 0.1 MB in the native file.
/// </summary>
internal sealed unsafe partial class StandardStream : Stream
{
    private const int EINTR = 4;
    private const int EAGAIN = 11;
    private const int EPIPE = 32;
    private const int F_DUPFD_CLOEXEC = 1030;
    private const short POLLOUT = 4;
    private const string Library = "libc";

    private readonly SafeFileHandle _handle;

    private StandardStream(SafeFileHandle handle) => _handle = handle;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The process was started without stdout.</exception>
    public static Stream OpenOutput() => OperatingSystem.IsLinux() ? Open(1) : Console.OpenStandardOutput();

    /// <exception cref="IOException">The process was started without stderr.</exception>
    public static Stream OpenError() => OperatingSystem.IsLinux() ? Open(2) : Console.OpenStandardError();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>
    /// Writes all bytes, and waits while a pipe is full. If a pipe has no reader any more, the bytes are dropped, as Console does.
    /// </summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        bool isHeld = false;
        try
        {
            // Keeps the descriptor open meanwhile: after a close, its number could belong to another file.
            _handle.DangerousAddRef(ref isHeld);
            WriteAll((int)_handle.DangerousGetHandle(), buffer);
        }
        finally
        {
            if (isHeld) _handle.DangerousRelease();
        }
    }

    public override void Flush()
    {
        // Nothing is buffered.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _handle.Dispose();
        base.Dispose(disposing);
    }

    private static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int written = 0; written < bytes.Length;)
            {
                nint count = Write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (count > 0) written += (int)count;
                else if (count == 0 || !MustRepeat(descriptor, Marshal.GetLastSystemError())) return;
            }
        }
    }

    /// <summary>Uses a copy of the descriptor, so that it never writes to another file if somebody closes the original.</summary>
    private static StandardStream Open(int descriptor)
    {
        int copy = FCntl(descriptor, F_DUPFD_CLOEXEC, 0);
        return copy < 0 ? throw Failure(Marshal.GetLastSystemError()) : new StandardStream(new SafeFileHandle(copy, ownsHandle: true));
    }

    private static bool MustRepeat(int descriptor, int error)
    {
        switch (error)
        {
            case EINTR:
                return true;
            case EAGAIN:
                // Another process that shares the pipe has made it non-blocking.
                var poll = new PollDescriptor { Descriptor = descriptor, Events = POLLOUT };
                _ = Poll(&poll, 1, Timeout.Infinite);
                return true;
            case EPIPE:
                return false;
            default:
                throw Failure(error);
        }
    }

    private static IOException Failure(int error) => new(Marshal.GetPInvokeErrorMessage(error));

    [LibraryImport(Library, EntryPoint = "fcntl")]
    private static partial int FCntl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "poll")]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
