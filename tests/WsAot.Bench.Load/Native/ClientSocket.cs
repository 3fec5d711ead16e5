using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace WsAot.Bench.Load.Native;

/// <summary>A TCP connection to the server on this machine. It blocks, except in methods whose name says otherwise.</summary>
internal unsafe class ClientSocket : IDisposable
{
    // Ports of one source address; there are 28,232 by default (net.ipv4.ip_local_port_range).
    private const int ConnectionsPerAddress = 16_384;
    private const int PatienceSeconds = 20;

    private static int s_count;

    protected ClientSocket(int port)
    {
        Descriptor = LibC.Socket(LibC.AF_INET, LibC.SOCK_STREAM, 0);
        if (Descriptor < 0) throw LoadException.FromErrno("socket");
        // 127.0.0.1, 127.0.0.2, ...; choose the port only when the other end is known, because otherwise all servers together would share
        // the ports.
        Set(LibC.IPPROTO_IP, LibC.IP_BIND_ADDRESS_NO_PORT, 1);
        LibC.SockAddrIn source = Address(1 + (s_count++ / ConnectionsPerAddress), 0);
        if (LibC.Bind(Descriptor, &source, (uint)sizeof(LibC.SockAddrIn)) < 0) throw LoadException.FromErrno("bind");
        LibC.SockAddrIn server = Address(1, port);
        if (LibC.Connect(Descriptor, &server, (uint)sizeof(LibC.SockAddrIn)) < 0) throw LoadException.FromErrno("connect");
        Set(LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1);
        // A reset leaves no port behind in TIME_WAIT.
        Set(LibC.SOL_SOCKET, LibC.SO_LINGER, new LibC.Linger { OnOff = 1 });
        Set(LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, new LibC.TimeSpec { Seconds = PatienceSeconds });
    }

    public int Descriptor { get; }

    public static ClientSocket Connect(int port) => new(port);

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[SendSome(bytes, 0)..];
    }

    /// <returns>How many bytes the kernel took; 0 if none.</returns>
    public int SendNow(ReadOnlySpan<byte> bytes) => SendSome(bytes, LibC.MSG_DONTWAIT);

    /// <returns>How many bytes came, at least one.</returns>
    public int Receive(Span<byte> buffer)
    {
        int length = ReceiveSome(buffer, 0);
        return length > 0 ? length : throw new LoadException($"The server sent nothing within {PatienceSeconds} s.");
    }

    public void ReceiveExactly(Span<byte> buffer)
    {
        while (!buffer.IsEmpty) buffer = buffer[Receive(buffer)..];
    }

    /// <returns>How many bytes were there; 0 if none.</returns>
    public int ReceiveNow(Span<byte> buffer) => ReceiveSome(buffer, LibC.MSG_DONTWAIT);

    /// <summary>
    /// Sends, without waiting, bytes that were accepted but not sent yet. Here the kernel keeps such bytes, so there are none.
    /// </summary>
    /// <returns>Whether no such bytes are left.</returns>
    public virtual bool FlushNow() => true;

    public virtual void Dispose() => _ = LibC.Close(Descriptor);

    private static LibC.SockAddrIn Address(int lastOctet, int port) => new()
    {
        Family = LibC.AF_INET,
        Port = BinaryPrimitives.ReverseEndianness((ushort)port),
        Address = BinaryPrimitives.ReverseEndianness(0x7F000000 + (uint)lastOctet),
    };

    private void Set<T>(int level, int option, T value)
        where T : unmanaged
    {
        if (LibC.SetSockOpt(Descriptor, level, option, &value, (uint)sizeof(T)) < 0) throw LoadException.FromErrno("setsockopt");
    }

    /// <returns>How many bytes were taken.</returns>
    protected virtual int SendSome(ReadOnlySpan<byte> bytes, int flags)
    {
        fixed (byte* pointer = bytes)
        {
            int sent;
            do
            {
                sent = (int)LibC.Send(Descriptor, pointer, (nuint)bytes.Length, flags | LibC.MSG_NOSIGNAL);
            }
            while (sent < 0 && IsInterrupted);
            return sent >= 0 ? sent : NoneOrFault("send");
        }
    }

    /// <returns>How many bytes came; 0 if none.</returns>
    protected virtual int ReceiveSome(Span<byte> buffer, int flags)
    {
        fixed (byte* pointer = buffer)
        {
            int length = ReceiveRaw(pointer, buffer.Length, flags);
            if (length == 0) throw new LoadException("The server ended a connection.");
            return length > 0 ? length : NoneOrFault("recv");
        }
    }

    /// <returns>How many bytes came; 0: the server has ended the connection; negative: errno says why.</returns>
    protected int ReceiveRaw(byte* buffer, int capacity, int flags)
    {
        int length;
        do
        {
            length = (int)LibC.Recv(Descriptor, buffer, (nuint)capacity, flags);
        }
        while (length < 0 && IsInterrupted);
        return length;
    }

    // For example by this process's garbage collector. With a timeout, the kernel does not restart the call (signal(7)).
    private static bool IsInterrupted => Marshal.GetLastPInvokeError() == LibC.EINTR;

    private static int NoneOrFault(string call) =>
        Marshal.GetLastPInvokeError() == LibC.EAGAIN ? 0 : throw LoadException.FromErrno(call);
}
