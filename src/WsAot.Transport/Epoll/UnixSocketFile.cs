using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace WsAot.Transport.Epoll;

/// <summary>
/// The file of a Unix socket: removes a stale one, sets its permissions, and removes it at the end. It leaves alone any file that is not a
/// socket, or that a process listens on. For an abstract name, which has no file, it does nothing.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class UnixSocketFile
{
    private const int S_IFMT = 0xF000;
    private const int S_IFSOCK = 0xC000;

    // statx(2) gives the same structure on every architecture; the C library's stat(2) does not.
    private const int StatxLength = 256;
    private const int StatxModeAt = 28;
    private const int StatxInodeAt = 32;
    private const int StatxDeviceAt = 136;

    private readonly UnixEndPoint _endPoint;
    private readonly byte[] _path;
    private (ulong Inode, ulong Device) _identity;

    public UnixSocketFile(UnixEndPoint endPoint)
    {
        _endPoint = endPoint;
        _path = Encoding.UTF8.GetBytes(endPoint.Name + '\0');
    }

    /// <summary>Removes the socket that a process left behind when it was killed.</summary>
    /// <returns>Null if the path is free now; else what is there.</returns>
    public string? RemoveStale()
    {
        if (_endPoint.IsAbstract) return Errno.Describe(Errno.EADDRINUSE);
        int mode = ReadMode(out _);
        if (mode != 0 && (mode & S_IFMT) != S_IFSOCK) return "a file that is not a socket is there";
        if (IsListenedOn()) return Errno.Describe(Errno.EADDRINUSE);
        return Remove() || Errno.Last == Errno.ENOENT ? null : Errno.Describe(Errno.Last);
    }

    /// <summary>
    /// Sets who may connect. Call it when the socket is bound but does not listen yet, so that nobody can connect before.
    /// </summary>
    /// <exception cref="TransportException">This process is not allowed to change the owner of the file; the file is removed.</exception>
    public void SetPermissions(ListenOptions options)
    {
        if (_endPoint.IsAbstract) return;
        _ = ReadMode(out _identity);
        bool hasOwner = options.UnixUserId >= 0 || options.UnixGroupId >= 0;
        bool isSet;
        fixed (byte* path = _path)
        {
            // Changing the owner may clear bits of the mode, so set the mode last.
            isSet = (!hasOwner || LibC.ChOwn(path, (uint)options.UnixUserId, (uint)options.UnixGroupId) == 0)
                && LibC.ChMod(path, (uint)options.UnixMode) == 0;
        }

        if (isSet) return;
        string reason = Errno.Describe(Errno.Last);
        Remove();
        throw new TransportException($"Cannot set the permissions of {_endPoint}: {reason}.");
    }

    /// <summary>Takes over a socket from another process, which has set who may connect.</summary>
    public void Adopt()
    {
        if (!_endPoint.IsAbstract) _ = ReadMode(out _identity);
    }

    /// <summary>
    /// Removes the file after its socket was closed, if it is still the same and no process listens there: another process may have
    /// inherited the socket, or created its own.
    /// </summary>
    public void RemoveOwn()
    {
        if (_endPoint.IsAbstract) return;
        if (ReadMode(out (ulong, ulong) identity) != 0 && identity == _identity && !IsListenedOn()) Remove();
    }

    /// <returns>What kind of file it is and its permissions; 0: there is none.</returns>
    private int ReadMode(out (ulong Inode, ulong Device) identity)
    {
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 332 : 291;
        byte* result = stackalloc byte[StatxLength];
        fixed (byte* path = _path)
        {
            identity = default;
            nint flags = LibC.AT_SYMLINK_NOFOLLOW;
            if (LibC.SysCall(number, LibC.AT_FDCWD, (nint)path, flags, (nint)LibC.STATX_TYPE_AND_INO, (nint)result) < 0) return 0;
        }

        identity = (*(ulong*)(result + StatxInodeAt), *(ulong*)(result + StatxDeviceAt));
        return *(ushort*)(result + StatxModeAt);
    }

    /// <summary>Whether a process listens there. That process sees a connection that ends at once.</summary>
    private bool IsListenedOn()
    {
        int socket = LibC.Socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) return true;
        byte* address = stackalloc byte[NativeAddress.MaxLength];
        int length = NativeAddress.Write(new Span<byte>(address, NativeAddress.MaxLength), _endPoint);
        // After any other error of connect(2), such as a full backlog, a process may listen there.
        bool isRefused = LibC.Connect(socket, address, (uint)length) < 0 && Errno.Last is Errno.ECONNREFUSED or Errno.ENOENT;
        _ = LibC.Close(socket);
        return !isRefused;
    }

    private bool Remove()
    {
        fixed (byte* path = _path) return LibC.Unlink(path) == 0;
    }
}
