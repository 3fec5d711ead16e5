using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace WsAot.Transport.Epoll;

/// <summary>
/// The file of a Unix socket: what is in its place at the start, who may use it, and its end. Anything that is not a socket, or that
/// somebody listens on, is left alone. An abstract name has no file, and here nothing to do.
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

    /// <summary>Removes the socket that a process has left which did not end in order.</summary>
    /// <returns>Null if the place is free now; else what is there.</returns>
    public string? RemoveStale()
    {
        if (_endPoint.IsAbstract) return Errno.Describe(Errno.EADDRINUSE);
        int mode = ReadMode(out _);
        if (mode != 0 && (mode & S_IFMT) != S_IFSOCK) return "a file that is not a socket is there";
        if (IsListenedOn()) return Errno.Describe(Errno.EADDRINUSE);
        return Remove() || Errno.Last == Errno.ENOENT ? null : Errno.Describe(Errno.Last);
    }

    /// <summary>The socket is bound, and does not listen yet: nobody can connect before this has set who may.</summary>
    /// <exception cref="TransportException">This process may not give the file away; the file is removed.</exception>
    public void SetPermissions(ListenOptions options)
    {
        if (_endPoint.IsAbstract) return;
        _ = ReadMode(out _identity);
        bool hasOwner = options.UnixUserId >= 0 || options.UnixGroupId >= 0;
        bool isSet;
        fixed (byte* path = _path)
        {
            // Giving a file away may take from its mode, so the mode comes last.
            isSet = (!hasOwner || LibC.ChOwn(path, (uint)options.UnixUserId, (uint)options.UnixGroupId) == 0)
                && LibC.ChMod(path, (uint)options.UnixMode) == 0;
        }

        if (isSet) return;
        string reason = Errno.Describe(Errno.Last);
        Remove();
        throw new TransportException($"Cannot set the permissions of {_endPoint}: {reason}.");
    }

    /// <summary>The socket comes from another process, which had set who may connect.</summary>
    public void Adopt()
    {
        if (!_endPoint.IsAbstract) _ = ReadMode(out _identity);
    }

    /// <summary>
    /// Removes the file after its socket was closed, if it is still the same and nobody listens there: another process may have inherited
    /// the socket, or have put its own in the place.
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

    /// <summary>Whether a process listens there. It sees a connection that ends at once.</summary>
    private bool IsListenedOn()
    {
        int socket = LibC.Socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) return true;
        byte* address = stackalloc byte[NativeAddress.MaxLength];
        int length = NativeAddress.Write(new Span<byte>(address, NativeAddress.MaxLength), _endPoint);
        // Whatever else connect(2) says, such as that the backlog is full, somebody may be there.
        bool isRefused = LibC.Connect(socket, address, (uint)length) < 0 && Errno.Last is Errno.ECONNREFUSED or Errno.ENOENT;
        _ = LibC.Close(socket);
        return !isRefused;
    }

    private bool Remove()
    {
        fixed (byte* path = _path) return LibC.Unlink(path) == 0;
    }
}
