using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Deflate;

/// <summary>Bits out of bytes, lowest first (RFC 1951 section 3.1.1).</summary>
internal sealed class BitReader(byte[] bytes)
{
    private int _position;
    private int _bit;

    public bool IsAtEnd => _position == bytes.Length;

    public int Bits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++)
        {
            if (IsAtEnd) throw new CaseFailedException("The server's compressed message ends within a block.");
            value |= ((bytes[_position] >> _bit) & 1) << i;
            if (++_bit == 8) Align();
        }

        return value;
    }

    public void Align()
    {
        if (_bit == 0) return;
        _bit = 0;
        _position++;
    }
}
