using System.Runtime.InteropServices;

namespace WsAot.Processes;

/// <summary>Linux system calls for processes, pipes and local sockets, with blittable arguments. On failure they return -1.</summary>
internal static unsafe partial class NativeProcess
{
    public const int AF_UNIX = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int O_CLOEXEC = 0x80000;
    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int SIGKILL = 9;
    public const int SIGUSR2 = 12;
    public const int SIGTERM = 15;
    public const int WNOHANG = 1;
    public const short POLLIN = 1;
    public const short POSIX_SPAWN_SETSIGMASK = 8;

    /// <summary>
    /// At least the size of <c>sigset_t</c>, <c>posix_spawnattr_t</c> and <c>posix_spawn_file_actions_t</c> in glibc and musl.
    /// </summary>
    public const int StructBytes = 512;

    private const string Library = "libc";

    /// <returns>0, or an error number.</returns>
    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* processId, byte* file, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDup(byte* actions, int descriptor, int newDescriptor);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(byte* attributes, byte* mask);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(Library, EntryPoint = "waitpid")]
    public static partial int WaitPid(int processId, int* status, int options);

    [LibraryImport(Library, EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport(Library, EntryPoint = "pipe2")]
    public static partial int Pipe(int* descriptors, int flags);

    [LibraryImport(Library, EntryPoint = "fcntl")]
    public static partial int FCntl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* bytes, nuint count);

    /// <returns>1 if the descriptor is a terminal.</returns>
    [LibraryImport(Library, EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "poll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport(Library, EntryPoint = "socket")]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "sendto")]
    public static partial nint SendTo(int socket, byte* bytes, nuint count, int flags, byte* address, uint addressLength);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
