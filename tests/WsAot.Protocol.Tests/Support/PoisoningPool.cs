using System.Buffers;
using System.Numerics;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Counts what is rented, fills it with rubbish on both ways, and refuses what it did not lend or got back already.</summary>
internal sealed class PoisoningPool : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _lent = new(ReferenceEqualityComparer.Instance as IEqualityComparer<byte[]>);
    private readonly bool _roundsUp;

    public PoisoningPool(bool roundsUp = true) => _roundsUp = roundsUp;

    public int LentCount => _lent.Count;

    public int RentCalls { get; private set; }

    public int LargestRent { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        RentCalls++;
        LargestRent = Math.Max(LargestRent, minimumLength);
        int length = _roundsUp ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, minimumLength)) : minimumLength;
        byte[] array = new byte[length];
        array.AsSpan().Fill(0xCD);
        _lent.Add(array);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Assert.True(_lent.Remove(array), "an array came back that is not lent");
        array.AsSpan().Fill(0xDD);
    }
}
