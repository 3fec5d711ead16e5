using WsAot.Transport.Epoll;

namespace WsAot.Transport;

/// <summary>Listening sockets that another process has opened for this one. Linux only.</summary>
public static class InheritedSocket
{
    /// <summary>
    /// Looks at a descriptor that was inherited, and keeps it from the processes that this one starts.
    /// </summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>The address that it listens at, such as <c>127.0.0.1:8080</c> or <c>[::]:8080</c>.</returns>
    /// <exception cref="TransportException">It is no socket that listens for TCP connections.</exception>
    public static string ReadAddress(int descriptor) => OperatingSystem.IsLinux()
        ? EpollListener.ReadInherited(descriptor)
        : throw new TransportException("Sockets are inherited on Linux only.");
}
