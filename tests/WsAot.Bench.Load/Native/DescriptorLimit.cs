namespace WsAot.Bench.Load.Native;

internal static unsafe class DescriptorLimit
{
    // Standard streams, epoll, the runtime's own.
    private const int Reserve = 64;

    /// <summary>Raises the soft limit to the hard one.</summary>
    /// <exception cref="LoadException">The hard limit is too low.</exception>
    public static void Require(int connections)
    {
        LibC.RLimit limit;
        if (LibC.GetRLimit(LibC.RLIMIT_NOFILE, &limit) < 0) throw LoadException.FromErrno("getrlimit");
        limit.Soft = limit.Hard;
        if (LibC.SetRLimit(LibC.RLIMIT_NOFILE, &limit) < 0) throw LoadException.FromErrno("setrlimit");
        if (limit.Hard < (ulong)(connections + Reserve))
        {
            throw new LoadException(
                $"{connections} connections need a descriptor limit of {connections + Reserve}; it is {limit.Hard} (ulimit -Hn).");
        }
    }
}
