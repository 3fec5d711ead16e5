using WsAot.TestKit.Deflate;

namespace WsAot.Conformance.Deflate;

/// <summary>
/// Compresses a client's messages within an agreed window, with or without context takeover (RFC 7692 section 7.2.1). System.IO.Compression
/// has no smaller window than 32 KiB. This writes one fixed block for each message, with the simplest search for matches.
/// </summary>
internal sealed class DeflateEncoder(int windowBits, bool keepsContext)
{
    private const int HashBits = 14;

    private readonly int _window = 1 << windowBits;
    private byte[] _history = [];

    public byte[] Encode(ReadOnlySpan<byte> message)
    {
        byte[] all = [.. _history, .. message];
        int start = _history.Length;
        BitWriter writer = new();
        // Section 7.2.3.6: an empty message is one zero byte; it needs no block of its own.
        if (!message.IsEmpty) WriteBlock(writer, all, start);
        if (keepsContext) _history = all.Length > _window ? all[^_window..] : all;
        return DeflateBlocks.EndMessage(writer);
    }

    private void WriteBlock(BitWriter writer, byte[] all, int start)
    {
        int[] latest = new int[1 << HashBits];
        Array.Fill(latest, -1);
        for (int i = 0; i < start; i++) Remember(latest, all, i);

        DeflateBlocks.BeginFixed(writer, isFinal: false);
        for (int position = start; position < all.Length;)
        {
            int length = FindMatch(latest, all, position, out int distance);
            if (length < DeflateTables.MinMatch)
            {
                DeflateBlocks.WriteFixedSymbol(writer, all[position]);
                length = 1;
            }
            else
            {
                DeflateBlocks.WriteMatch(writer, length, distance);
            }

            for (int end = position + length; position < end; position++) Remember(latest, all, position);
        }

        DeflateBlocks.WriteFixedSymbol(writer, DeflateTables.EndOfBlock);
    }

    private int FindMatch(int[] latest, byte[] all, int position, out int distance)
    {
        distance = 0;
        if (position + DeflateTables.MinMatch > all.Length) return 0;
        int candidate = latest[Hash(all, position)];
        if (candidate < 0 || position - candidate > _window) return 0;
        distance = position - candidate;
        int limit = Math.Min(DeflateTables.MaxMatch, all.Length - position);
        int length = 0;
        while (length < limit && all[candidate + length] == all[position + length]) length++;
        return length;
    }

    private static void Remember(int[] latest, byte[] all, int position)
    {
        if (position + DeflateTables.MinMatch <= all.Length) latest[Hash(all, position)] = position;
    }

    private static int Hash(byte[] all, int position)
    {
        uint bytes = (uint)(all[position] | (all[position + 1] << 8) | (all[position + 2] << 16));
        return (int)((bytes * 0x9E3779B1) >> (32 - HashBits));
    }
}
