using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using WsAot.Transport.Output;

namespace WsAot.Transport.Epoll;

/// <summary>
/// All calls into the C library, with blittable arguments. A call that fails returns -1; only <see cref="Errno.Last"/> reads the error. The
/// native file links them directly (DirectPInvoke), so a call costs what it costs in C.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LibC
{
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int SOCK_STREAM = 1;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1;
    public const int SO_REUSEADDR = 2;
    public const int SO_LINGER = 13;
    public const int SO_ACCEPTCONN = 30;
    public const int SO_RCVTIMEO = 20;
    public const int SO_SNDTIMEO = 21;
    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;
    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_V6ONLY = 26;
    public const int MSG_PEEK = 2;
    public const int FD_CLOEXEC = 1;
    public const int F_SETFD = 2;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int SHUT_WR = 1;
    public const int EPOLL_CLOEXEC = 0x80000;
    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;
    public const int EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 0x1;
    public const uint EPOLLOUT = 0x4;
    public const uint EPOLLERR = 0x8;
    public const uint EPOLLHUP = 0x10;
    public const uint EPOLLET = 0x80000000;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    public const int RLIMIT_NOFILE = 7;
    public const int O_CLOEXEC = 0x80000;

    /// <summary>The value differs between 64-bit ARM and x86-64.</summary>
    public static readonly int O_DIRECTORY = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const uint STATX_TYPE_AND_INO = 0x101;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "socket")]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind")]
    public static partial int Bind(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen")]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport(Library, EntryPoint = "connect")]
    public static partial int Connect(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "accept4")]
    public static partial int Accept4(int socket, byte* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "getsockname")]
    public static partial int GetSockName(int socket, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt")]
    public static partial int SetSockOpt(int socket, int level, int option, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt")]
    public static partial int GetSockOpt(int socket, int level, int option, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "recv")]
    public static partial nint Recv(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send")]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendmsg")]
    public static partial nint SendMsg(int socket, MsgHdr* message, int flags);

    [LibraryImport(Library, EntryPoint = "shutdown")]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport(Library, EntryPoint = "fcntl")]
    public static partial int FCntl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "getdents64")]
    public static partial nint GetDirectoryEntries(int folder, byte* entries, nuint length);

    [LibraryImport(Library, EntryPoint = "eventfd")]
    public static partial int EventFd(uint initialValue, int flags);

    [LibraryImport(Library, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate1(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl")]
    public static partial int EpollCtl(int epoll, int operation, int descriptor, byte* epollEvent);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMs);

    [LibraryImport(Library, EntryPoint = "getrlimit")]
    public static partial int GetRLimit(int resource, RLimit* limit);

    [LibraryImport(Library, EntryPoint = "unlink")]
    public static partial int Unlink(byte* path);

    [LibraryImport(Library, EntryPoint = "chmod")]
    public static partial int ChMod(byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "chown")]
    public static partial int ChOwn(byte* path, uint user, uint group);

    /// <summary>A system call by its number, for one that older C libraries do not have.</summary>
    [LibraryImport(Library, EntryPoint = "syscall")]
    public static partial nint SysCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    /// <summary><c>struct timeval</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeVal
    {
        public long Seconds;
        public long Microseconds;
    }

    /// <summary><c>struct rlimit</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    /// <summary><c>struct msghdr</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MsgHdr
    {
        public byte* Name;
        public uint NameLength;
        public OutputSlice* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct linger</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Linger
    {
        public int OnOff;
        public int Seconds;
    }
}
