using WsAot.Protocol.Deflate;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Inflates into one byte at a time, so that zlib has nothing to refer to but its window.</summary>
internal sealed unsafe class NarrowInflate : IDisposable
{
    private ZLib.Stream _stream;

    public NarrowInflate(int windowBits)
    {
        fixed (ZLib.Stream* stream = &_stream) Assert.Equal(ZLib.Ok, ZLib.InflateInit(stream, -windowBits));
    }

    public byte[]? Next(byte[] compressed)
    {
        byte[] all = [.. compressed, 0, 0, 0xFF, 0xFF];
        var output = new List<byte>();
        fixed (ZLib.Stream* stream = &_stream)
        fixed (byte* input = all)
        {
            stream->NextIn = input;
            stream->AvailableIn = (uint)all.Length;
            while (true)
            {
                byte value;
                stream->NextOut = &value;
                stream->AvailableOut = 1;
                int result = ZLib.Inflate(stream, ZLib.SyncFlush);
                if (result is not (ZLib.Ok or ZLib.BufferError)) return null;
                if (stream->AvailableOut == 1) return [.. output];
                output.Add(value);
            }
        }
    }

    public void Dispose()
    {
        fixed (ZLib.Stream* stream = &_stream) _ = ZLib.InflateEnd(stream);
    }
}
