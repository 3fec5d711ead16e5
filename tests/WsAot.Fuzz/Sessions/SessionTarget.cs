using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Sessions;

/// <summary>
/// The whole server over the in-memory transport: peers that do all that peers can do, in an order that the input decides, beside one
/// that does everything right and must never notice. An input is three bytes of options, and operations.
/// </summary>
internal sealed class SessionTarget(SessionFault fault = SessionFault.None) : FuzzTarget
{
    public override string Name => "session";

    public override int SliceInputs => 6_000;

    public override int Unit => 1 + Play.ArgumentCount;

    public override byte[] Generate(FuzzRandom random)
    {
        var bytes = new List<byte>(random.NextBytes(3));
        int count = random.Next(8, 70);
        for (int i = 0; i < count; i++)
        {
            // Peers first, else most operations have nobody to do them.
            int operation = i < 3 || random.OneIn(10) ? 0 : random.Next(Play.OperationCount);
            bytes.Add((byte)operation);
            bytes.AddRange(random.NextBytes(Play.ArgumentCount));
        }

        return [.. bytes];
    }

    public override string? Check(byte[] input) => new Play(new Tape(input), fault).Run();
}
