using System.Globalization;
using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>The proxies that the server trusts to name their clients. Immutable.</summary>
internal sealed class TrustedProxies
{
    private readonly List<Block> _blocks = [];
    private readonly bool _hasUnix;

    /// <param name="list">The option: addresses, blocks of them (<c>10.0.0.0/8</c>), and <c>unix</c>.</param>
    /// <exception cref="ArgumentException">An entry is none of these; the message names it.</exception>
    public TrustedProxies(string list)
    {
        foreach (string entry in OptionList.Split(list))
        {
            if (entry.Equals("unix", StringComparison.OrdinalIgnoreCase)) _hasUnix = true;
            else _blocks.Add(Parse(entry));
        }
    }

    /// <summary>Whether no proxy is trusted.</summary>
    public bool IsEmpty => _blocks.Count == 0 && !_hasUnix;

    public bool Contains(PeerAddress peer)
    {
        if (peer.IsRelay) return false;
        Span<byte> address = stackalloc byte[IPText.MaxLength];
        address = address[..peer.CopyTo(address)];
        if (address.IsEmpty) return _hasUnix;
        foreach (Block block in _blocks)
        {
            if (block.Contains(address)) return true;
        }

        return false;
    }

    private static Block Parse(string entry)
    {
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        byte[] text = Encoding.UTF8.GetBytes(slash < 0 ? entry : entry[..slash]);
        byte[] address = new byte[IPText.MaxLength];
        if (!IPText.TryParse(text, address, out int length))
        {
            throw Error(entry, "it must be an IP address, a block such as 10.0.0.0/8, or unix");
        }

        address = address[..length];
        int bits = 8 * length;
        if (slash < 0) return new Block(address, bits);
        bool isNumber = int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted);
        if (!isNumber || wanted > bits) throw Error(entry, $"the prefix length after the slash must be 0 to {bits}");
        var block = new Block(address, wanted);
        return block.IsExact ? block : throw Error(entry, "the address has bits set after its prefix; write zeros there, or no prefix");
    }

    private static ArgumentException Error(string entry, string reason) => new($"TrustedProxies: '{entry}' is invalid: {reason}.");

    /// <summary>All addresses that begin with the same bits.</summary>
    private readonly struct Block(byte[] address, int bits)
    {
        /// <summary>Whether all bits after the prefix are zero.</summary>
        public bool IsExact
        {
            get
            {
                for (int i = bits; i < 8 * address.Length; i++)
                {
                    if ((address[i / 8] & (0x80 >> (i % 8))) != 0) return false;
                }

                return true;
            }
        }

        public bool Contains(ReadOnlySpan<byte> other)
        {
            int whole = bits / 8;
            if (other.Length != address.Length || !other[..whole].SequenceEqual(address.AsSpan(0, whole))) return false;
            int rest = bits % 8;
            return rest == 0 || (other[whole] ^ address[whole]) >> (8 - rest) == 0;
        }
    }
}
