using System.Runtime.InteropServices;

namespace WsAot.Transport.Connections;

/// <summary>What Linux says of a TCP connection (<c>struct tcp_info</c>, in the order of the machine's bytes).</summary>
internal static class TcpInfo
{
    /// <summary>The level and the option of <c>getsockopt</c>.</summary>
    public const int IPPROTO_TCP = 6;
    public const int TCP_INFO = 11;

    /// <summary>The bytes to ask for. Kernels before 4.6 give fewer.</summary>
    public const int Length = 148;

    // The places of tcpi_unacked (segments), tcpi_bytes_acked and tcpi_notsent_bytes.
    private const int UnacknowledgedAt = 24;
    private const int BytesAcknowledgedAt = 120;
    private const int NotSentAt = 144;

    /// <summary>Reads how far the output has come.</summary>
    /// <param name="info">What the kernel gave.</param>
    /// <param name="pendingBytes">The output that the kernel has not taken.</param>
    public static OutputDelivery ReadDelivery(ReadOnlySpan<byte> info, int pendingBytes)
    {
        // What the kernel has taken counts too: some systems and sandboxes tell nothing more. While nothing is written, it grows as the
        // pending output becomes less.
        if (info.Length < Length) return new OutputDelivery(-pendingBytes, pendingBytes == 0);
        bool isOnItsWay = MemoryMarshal.Read<uint>(info[UnacknowledgedAt..]) > 0 || MemoryMarshal.Read<uint>(info[NotSentAt..]) > 0;
        return new OutputDelivery(MemoryMarshal.Read<long>(info[BytesAcknowledgedAt..]) - pendingBytes, pendingBytes == 0 && !isOnItsWay);
    }
}
