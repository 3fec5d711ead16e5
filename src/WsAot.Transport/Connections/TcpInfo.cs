using System.Runtime.InteropServices;

namespace WsAot.Transport.Connections;

/// <summary>What Linux reports about a TCP connection (<c>struct tcp_info</c>, in the machine's byte order).</summary>
internal static class TcpInfo
{
    /// <summary>The level and the option of <c>getsockopt</c>.</summary>
    public const int IPPROTO_TCP = 6;
    public const int TCP_INFO = 11;

    /// <summary>The bytes to ask for. Kernels before 4.6 give fewer.</summary>
    public const int Length = 148;

    // The offsets of tcpi_unacked (segments), tcpi_bytes_acked and tcpi_notsent_bytes.
    private const int UnacknowledgedAt = 24;
    private const int BytesAcknowledgedAt = 120;
    private const int NotSentAt = 144;

    /// <summary>Reads how much output was acknowledged.</summary>
    /// <param name="info">The bytes that the kernel returned.</param>
    /// <param name="pendingBytes">The output that the kernel has not taken.</param>
    public static OutputDelivery ReadDelivery(ReadOnlySpan<byte> info, int pendingBytes)
    {
        // Some systems and sandboxes do not report acknowledged bytes, so use what the kernel has taken instead: while nothing is written,
        // this number grows as the pending output shrinks.
        if (info.Length < Length) return new OutputDelivery(-pendingBytes, pendingBytes == 0);
        bool isOnItsWay = MemoryMarshal.Read<uint>(info[UnacknowledgedAt..]) > 0 || MemoryMarshal.Read<uint>(info[NotSentAt..]) > 0;
        return new OutputDelivery(MemoryMarshal.Read<long>(info[BytesAcknowledgedAt..]) - pendingBytes, pendingBytes == 0 && !isOnItsWay);
    }
}
