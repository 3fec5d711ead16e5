using WsAot.Transport.Epoll;

namespace WsAot.Transport;

/// <summary>Listening sockets that another process has opened for this one. Linux only.</summary>
public static class InheritedSocket
{
    /// <summary>Reads the address of an inherited descriptor, and prevents child processes from inheriting it too.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>The address that it listens at, such as <c>127.0.0.1:8080</c> or <c>[::]:8080</c>.</returns>
    /// <exception cref="TransportException">It is not a socket that listens for TCP connections.</exception>
    public static string ReadAddress(int descriptor) => OperatingSystem.IsLinux()
        ? EpollListener.ReadInherited(descriptor)
        : throw new TransportException("Sockets can be inherited on Linux only.");
}
