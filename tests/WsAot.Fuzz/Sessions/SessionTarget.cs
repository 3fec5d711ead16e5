using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Sessions;

/// <summary>
/// The whole server over the in-memory transport: peers do everything that peers can do, in an order that the input decides. Beside them,
/// one correct peer must never be disturbed. An input is three bytes of options, and operations.
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
            // Add peers first, because most operations need one.
            int operation = i < 3 || random.OneIn(10) ? 0 : random.Next(Play.OperationCount);
            bytes.Add((byte)operation);
            bytes.AddRange(random.NextBytes(Play.ArgumentCount));
        }

        return [.. bytes];
    }

    public override string? Check(byte[] input) => new Play(new Tape(input), fault).Run();
}
