using System.Runtime.InteropServices;

namespace WsAot.Transport.Epoll;

/// <summary>Error numbers of Linux (the same on x64 and arm64), and the one place that reads the last one.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
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
    public const int EHOSTDOWN = 112;
    public const int EHOSTUNREACH = 113;

    /// <summary>
    /// Of the call that has just failed on this thread; to be read before anything else is done. The calls do without SetLastError, which
    /// would read and copy it after each of them that succeeds; the runtime keeps errno as it was where it has to wait for a collection
    /// when a call returns.
    /// </summary>
    public static int Last => Marshal.GetLastSystemError();

    /// <summary>
    /// Whether accept(2) failed for the connection at hand only: interrupted, forbidden by a firewall, or dead in the backlog
    /// (Linux hands on the errors that wait on such a socket). The next one may be well.
    /// </summary>
    public static bool IsOfOneConnection(int errno) => errno is EINTR or EPERM or ECONNABORTED or EPROTO or ENOPROTOOPT or EOPNOTSUPP
        or ENONET or ENETDOWN or ENETUNREACH or EHOSTDOWN or EHOSTUNREACH or ETIMEDOUT;

    public static string Describe(int errno) => errno switch
    {
        EACCES or EPERM => "permission denied",
        EADDRINUSE => "address already in use",
        EADDRNOTAVAIL => "this machine does not have that address",
        EAFNOSUPPORT => "this machine does not have that address family",
        EMFILE => "the process has no descriptor left (see ulimit -n)",
        ENFILE => "the machine has no descriptor left",
        ENOMEM or ENOBUFS => "the kernel has no memory left",
        _ => $"error {errno}",
    };
}
