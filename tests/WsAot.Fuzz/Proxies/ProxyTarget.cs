using System.Globalization;
using System.Net;
using System.Text;
using WsAot.Fuzz.Support;
using WsAot.Protocol.Handshake;

namespace WsAot.Fuzz.Proxies;

/// <summary>Compares the reader of the PROXY protocol with a naive one. An input is the first bytes of a connection.</summary>
internal class ProxyTarget : FuzzTarget
{
    public override string Name => "proxy";

    public override int SliceInputs => 60_000;

    public override byte[] Generate(FuzzRandom random) => ProxyGenerator.Generate(random);

    public override string? Check(byte[] input)
    {
        NaiveProxyHeader expected = ReadNaively(input);
        foreach (int[] split in Splits.Of(input))
        {
            NaiveProxyHeader actual = Drive(input, split, out string? problem);
            if (problem is not null) return $"Read {Splits.Describe(split)}, {problem}";
            if (actual.ToString() != expected.ToString())
            {
                return $"Read {Splits.Describe(split)} it is {actual}, and should be {expected}.";
            }
        }

        return expected.Address is null ? null : CheckWrittenAgain(expected);
    }

    protected virtual NaiveProxyHeader ReadNaively(byte[] bytes) => NaiveProxyHeader.Read(bytes);

    /// <summary>The reader for the next piece: the same one.</summary>
    protected virtual ProxyHeaderReader Between(ProxyHeaderReader reader) => reader;

    private NaiveProxyHeader Drive(byte[] bytes, int[] split, out string? problem)
    {
        ProxyHeaderReader reader = default;
        var status = ProxyHeaderStatus.NeedMoreData;
        int given = 0;
        int all = 0;
        problem = null;
        foreach (int piece in split)
        {
            status = reader.Read(bytes.AsSpan(given, piece), out int taken);
            if (taken > piece) problem = $"{taken} bytes of {piece} are taken.";
            bool isMoreWanted = status == ProxyHeaderStatus.NeedMoreData;
            if (isMoreWanted && taken != piece) problem = $"{taken} bytes of {piece} are taken, and more is wanted.";
            given += piece;
            all += taken;
            if (!isMoreWanted) break;
            reader = Between(reader);
        }

        if (status == ProxyHeaderStatus.NeedMoreData) return new NaiveProxyHeader(status);
        // The result must stay the same, and no more bytes are taken.
        if (reader.Read(bytes, out int more) != status || more != 0) problem = "it goes on behind its end.";
        if (status != ProxyHeaderStatus.Done) return new NaiveProxyHeader(status);
        if (reader.Source != ProxySource.Address) return new NaiveProxyHeader(status, all, reader.Source);
        byte[] address = new byte[16];
        int length = reader.CopySource(address);
        return new NaiveProxyHeader(status, all, reader.Source, address[..length], reader.SourcePort);
    }

    /// <summary>An address must stay the same if it is written in either version and read again.</summary>
    private string? CheckWrittenAgain(NaiveProxyHeader header)
    {
        byte[] address = header.Address!;
        bool isV4 = address.Length == 4;
        string text = new IPAddress(address).ToString();
        string line = string.Create(
            CultureInfo.InvariantCulture, $"PROXY {(isV4 ? "TCP4" : "TCP6")} {text} {text} {header.Port} {header.Port}\r\n");
        byte[] port = [(byte)(header.Port >> 8), (byte)header.Port];
        byte[] binary =
        [
            .. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, isV4 ? (byte)0x11 : (byte)0x21, 0, (byte)((2 * address.Length) + 4),
            .. address, .. address, .. port, .. port,
        ];
        foreach (byte[] written in new[] { Encoding.ASCII.GetBytes(line), binary })
        {
            NaiveProxyHeader again = Drive(written, [written.Length], out string? problem);
            if (problem is not null) return $"Written again, {problem}";
            if (again.ToString() != (header with { Length = written.Length }).ToString()) return $"Written again it is {again}.";
        }

        return null;
    }
}
