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
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int EAFNOSUPPORT = 97;
    public const int ENOBUFS = 105;

    /// <summary>Of the call that has just failed on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

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
