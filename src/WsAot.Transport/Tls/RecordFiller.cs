using WsAot.Transport.Output;

namespace WsAot.Transport.Tls;

/// <summary>Puts small pieces of output together, so that they share a record.</summary>
internal static class RecordFiller
{
    /// <summary>Copies the bytes of the slices in order, until the record is full or there are no more.</summary>
    /// <param name="slices">The output.</param>
    /// <param name="index">The slice to begin with; the next one afterwards.</param>
    /// <param name="offset">Where to begin in that slice.</param>
    /// <param name="record">Where to copy to.</param>
    /// <returns>The number of bytes copied.</returns>
    public static int Fill(ReadOnlySpan<OutputSlice> slices, ref int index, ref int offset, Span<byte> record)
    {
        int count = 0;
        while (index < slices.Length && count < record.Length)
        {
            ReadOnlySpan<byte> bytes = slices[index].Bytes[offset..];
            int taken = Math.Min(bytes.Length, record.Length - count);
            bytes[..taken].CopyTo(record[count..]);
            count += taken;
            offset += taken;
            if (taken == bytes.Length) (index, offset) = (index + 1, 0);
        }

        return count;
    }
}
