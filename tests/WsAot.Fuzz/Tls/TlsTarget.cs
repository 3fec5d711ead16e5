using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Tls;

/// <summary>
/// TLS over the in-memory transport: two sides exchange data while ciphertext is split, held back and refused at places that the input
/// decides. All data must arrive, in order, however it is split. Changed ciphertext must end the connection, and no wrong data may arrive.
/// An input is a byte of options, and operations of two bytes.
/// </summary>
internal sealed class TlsTarget(TlsFault fault = TlsFault.None) : FuzzTarget
{
    public override string Name => "tls";

    public override int SliceInputs => 600;

    public override int Unit => 2;

    public override byte[] Generate(FuzzRandom random)
    {
        var bytes = new List<byte> { random.NextByte() };
        int count = random.Next(10, 80);
        for (int i = 0; i < count; i++)
        {
            // Ends and changes are rare, because nothing comes after them.
            int operation = random.OneIn(12) ? random.Next(TlsPlay.OperationCount) : random.Next(TlsPlay.CommonOperationCount);
            bytes.Add((byte)operation);
            bytes.Add(random.NextByte());
        }

        return [.. bytes];
    }

    public override string? Check(byte[] input)
    {
        using var play = new TlsPlay(input.Length > 0 ? input[0] : (byte)0, fault);
        for (int i = 1; i + 1 < input.Length; i += 2) play.Do(input[i] % TlsPlay.OperationCount, input[i + 1]);
        return play.Finish();
    }
}
