using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using WsAot.Transport.Epoll;

namespace WsAot.Transport;

/// <summary>
/// A client that sends one question and reads one answer, for example to ask a server on this machine for its health. It blocks the calling
/// thread, and needs neither a loop nor, on Linux, System.Net.Sockets.
/// </summary>
public static class BlockingClient
{
    /// <summary>Connects, sends the question, and reads until the peer ends its side or the buffer is full.</summary>
    /// <param name="endPoint">An address and port, or a <see cref="UnixEndPoint"/>.</param>
    /// <param name="question">What to send.</param>
    /// <param name="answer">Receives the answer.</param>
    /// <param name="timeoutMs">For the whole call, in milliseconds; 1 or more.</param>
    /// <returns>The length of the answer.</returns>
    /// <exception cref="TransportException">
    /// Nothing listens there, the answer did not arrive in time, or this build has no transport for this platform.
    /// </exception>
    public static int Ask(EndPoint endPoint, ReadOnlySpan<byte> question, Span<byte> answer, int timeoutMs)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMs, 1);
        if (OperatingSystem.IsLinux()) return AskOnLinux(endPoint, question, answer, timeoutMs);
        return TransportFeatures.IsSocketsSupported
            ? AskBySocket(endPoint, question, answer, timeoutMs)
            : throw new TransportException("The sockets transport was left out of this build: publish with -p:WsAotSocketsTransport=true.");
    }

    /// <summary>
    /// Does what <see cref="Ask"/> does, over TLS. It does not verify the server, so use it only for a server on this machine.
    /// </summary>
    /// <inheritdoc cref="Ask"/>
    /// <param name="endPoint">An address and port, or a <see cref="UnixEndPoint"/>.</param>
    /// <param name="question">What to send.</param>
    /// <param name="answer">Receives the answer.</param>
    /// <param name="timeoutMs">For the whole call, in milliseconds; 1 or more.</param>
    /// <param name="preamble">What to send unencrypted before TLS; by default nothing.</param>
    /// <exception cref="TransportException">As for <see cref="Ask"/>; or TLS is not available: it needs Linux and OpenSSL 3.</exception>
    public static int AskTls(
        EndPoint endPoint, ReadOnlySpan<byte> question, Span<byte> answer, int timeoutMs, ReadOnlySpan<byte> preamble = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMs, 1);
        return TransportFeatures.IsTlsSupported && OperatingSystem.IsLinux()
            ? AskTlsOnLinux(endPoint, preamble, question, answer, timeoutMs)
            : throw new TransportException("This build does not speak TLS as a client.");
    }

    [SupportedOSPlatform("linux")]
    private static int AskTlsOnLinux(
        EndPoint endPoint, ReadOnlySpan<byte> preamble, ReadOnlySpan<byte> question, Span<byte> answer, int timeoutMs)
    {
        using var socket = new BlockingSocket(endPoint, timeoutMs);
        socket.Send(preamble);
        socket.SetTimeouts();
        using var tls = new BlockingTls(socket);
        tls.Send(question);
        int length = 0;
        while (length < answer.Length)
        {
            socket.SetTimeouts();
            if (tls.Receive(answer[length..]) is not (var count and > 0)) break;
            length += count;
        }

        return length;
    }

    [SupportedOSPlatform("linux")]
    private static int AskOnLinux(EndPoint endPoint, ReadOnlySpan<byte> question, Span<byte> answer, int timeoutMs)
    {
        using var socket = new BlockingSocket(endPoint, timeoutMs);
        socket.Send(question);
        int length = 0;
        while (length < answer.Length && socket.Receive(answer[length..]) is var count and > 0) length += count;
        return length;
    }

    private static int AskBySocket(EndPoint endPoint, ReadOnlySpan<byte> question, Span<byte> answer, int timeoutMs)
    {
        if (endPoint is UnixEndPoint) throw new TransportException("Unix sockets need Linux.");
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // Closing the socket ends the call that waits on it.
        using var deadline = new CancellationTokenSource(timeoutMs);
        using CancellationTokenRegistration end = deadline.Token.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        try
        {
            socket.Connect(endPoint);
            socket.Send(question);
            int length = 0;
            while (length < answer.Length && socket.Receive(answer[length..]) is var count and > 0) length += count;
            return length;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            string reason = deadline.IsCancellationRequested ? "it timed out." : exception.Message;
            throw new TransportException($"Cannot ask {endPoint}: {reason}", exception);
        }
    }
}
