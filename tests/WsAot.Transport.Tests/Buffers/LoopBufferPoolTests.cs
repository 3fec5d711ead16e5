using WsAot.Transport.Buffers;

namespace WsAot.Transport.Tests.Buffers;

public sealed class LoopBufferPoolTests
{
    private readonly LoopBufferPool _pool = new();

    [Theory]
    [InlineData(0, 256)]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 8192)]
    [InlineData(65_536, 65_536)]
    [InlineData(1_000_000, 1 << 20)]
    public void ABufferIsTheSmallestPowerOfTwoThatFits(int minimumLength, int length)
    {
        byte[] buffer = _pool.Rent(minimumLength);
        Assert.Equal(length, buffer.Length);
        _pool.Return(buffer);
        Assert.Same(buffer, _pool.Rent(minimumLength));
        Assert.NotSame(buffer, _pool.Rent(minimumLength));
    }

    [Fact]
    public void EveryLengthFitsAndComesBackToItsOwnList()
    {
        for (int length = 0; length < 70_000; length += 17)
        {
            byte[] buffer = _pool.Rent(length);
            Assert.InRange(buffer.Length, Math.Max(256, length), Math.Max(256, 2 * length));
            _pool.Return(buffer);
            Assert.Same(buffer, _pool.Rent(buffer.Length));
            _pool.Return(buffer);
        }
    }

    [Fact]
    public void BeyondAGibibyteNothingIsKept()
    {
        byte[] buffer = _pool.Rent((1 << 30) + 1);
        Assert.Equal((1 << 30) + 1, buffer.Length);
        _pool.Return(buffer);
        Assert.Equal(0, _pool.KeptCount);
    }

    [Fact]
    public void WhatIsNotFromHereIsRefused()
    {
        Assert.Throws<ArgumentException>(() => _pool.Return(new byte[300]));
        Assert.Throws<ArgumentException>(() => _pool.Return([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(-1));
    }

    [Fact]
    public void WhatWasUsedLastIsUsedNext()
    {
        byte[] first = _pool.Rent(1000);
        byte[] second = _pool.Rent(1000);
        _pool.Return(first);
        _pool.Return(second);
        Assert.Same(second, _pool.Rent(1000));
    }

    [Fact]
    public void WithinTwoIntervalsAllIsGivenBack()
    {
        ReturnAll(RentMany(100, 64 * 1024));
        Assert.Equal(0, _pool.Trim());
        Assert.Equal(100, _pool.KeptCount);
        Assert.Equal(100 * 64 * 1024, _pool.Trim());
        Assert.Equal(0, _pool.KeptCount);
        Assert.Equal(0, _pool.Trim());
    }

    [Fact]
    public void WhatIsWorkedWithIsKeptAndNoMore()
    {
        ReturnAll(RentMany(100, 4096));
        _pool.Trim();
        byte[][] used = RentMany(30, 4096);
        ReturnAll(used);
        Assert.Equal(70 * 4096, _pool.Trim());
        // The same thirty, however often: nothing is dropped, and nothing is made.
        for (int i = 0; i < 5; i++)
        {
            byte[][] again = RentMany(30, 4096);
            Assert.All(again, buffer => Assert.Contains(buffer, used));
            ReturnAll(again);
            Assert.Equal(0, _pool.Trim());
            Assert.Equal(30, _pool.KeptCount);
        }
    }

    [Fact]
    public void EachSizeIsJudgedByItself()
    {
        ReturnAll(RentMany(10, 1024));
        ReturnAll(RentMany(10, 1 << 20));
        _pool.Trim();
        _pool.Return(_pool.Rent(1024));
        Assert.Equal((9 * 1024) + (10 << 20), _pool.Trim());
        Assert.Equal(1, _pool.KeptCount);
    }

    [Fact]
    public void WhatIsOutWhileOthersAreDroppedComesBackAsBefore()
    {
        byte[][] buffers = RentMany(3, 512);
        _pool.Return(buffers[0]);
        _pool.Return(buffers[1]);
        _pool.Trim();
        Assert.Equal(1024, _pool.Trim());
        _pool.Return(buffers[2]);
        Assert.Equal(0, _pool.Trim());
        Assert.Same(buffers[2], _pool.Rent(512));
    }

    private byte[][] RentMany(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => _pool.Rent(length))];

    private void ReturnAll(byte[][] buffers)
    {
        foreach (byte[] buffer in buffers) _pool.Return(buffer);
    }
}
