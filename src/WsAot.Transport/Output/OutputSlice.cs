using System.Runtime.InteropServices;

namespace WsAot.Transport.Output;

/// <summary>
/// Bytes to be sent, in memory that is pinned for as long as the slice is used. Its layout is that of <c>struct iovec</c>, so that several
/// of them can be given to the kernel as they are.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct OutputSlice(byte* start, int length)
{
    public readonly byte* Start = start;
    public readonly nuint Length = (nuint)length;

    public ReadOnlySpan<byte> Bytes => new(Start, (int)Length);
}
