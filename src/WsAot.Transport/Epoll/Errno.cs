using System.Runtime.InteropServices;

namespace WsAot.Transport.Epoll;

/// <summary>Error numbers of Linux (the same on x64 and arm64), and the one place that reads the last one.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int ENOTDIR = 20;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int EROFS = 30;
    public const int ENONET = 64;
    public const int EPROTO = 71;
    public const int ENOPROTOOPT = 92;
    public const int EOPNOTSUPP = 95;
    public const int EAFNOSUPPORT = 97;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETDOWN = 100;
    public const int ENETUNREACH = 101;
    public const int ECONNABORTED = 103;
    public const int ENOBUFS = 105;
    public const int ETIMEDOUT = 110;
    public const int ECONNREFUSED = 111;
    public const int EHOSTDOWN = 112;
    public const int EHOSTUNREACH = 113;
    public const int EINPROGRESS = 115;

    /// <summary>
    /// The error of the call that has just failed on this thread; read it before anything else is called. The calls do not use
    /// SetLastError, which would copy errno even after a call that succeeds. The runtime preserves errno if a garbage collection runs when
    /// a call returns.
    /// </summary>
    public static int Last => Marshal.GetLastSystemError();

    /// <summary>
    /// Whether accept(2) failed for one connection only, so that the next one may succeed: it was interrupted, a firewall forbids it, or
    /// the connection died in the backlog (Linux reports errors that wait on such a socket).
    /// </summary>
    public static bool IsForOneConnection(int errno) => errno is EINTR or EPERM or ECONNABORTED or EPROTO or ENOPROTOOPT or EOPNOTSUPP
        or ENONET or ENETDOWN or ENETUNREACH or EHOSTDOWN or EHOSTUNREACH or ETIMEDOUT;

    public static string Describe(int errno) => errno switch
    {
        EACCES or EPERM => "permission denied",
        ENOENT or ENOTDIR => "the folder does not exist",
        EROFS => "the file system is read-only",
        EADDRINUSE => "address already in use",
        EADDRNOTAVAIL => "this machine does not have that address",
        EAFNOSUPPORT => "this machine does not have that address family",
        EMFILE => "the process has no descriptor left (see ulimit -n)",
        ENFILE => "the machine has no descriptor left",
        ENOMEM or ENOBUFS => "the kernel has no memory left",
        _ => $"error {errno}",
    };
}
