using WsAot.Transport.Output;

namespace WsAot.Transport.Tests.Output;

public sealed class SendBufferTests
{
    [Fact]
    public void ItGathersWhatFits()
    {
        var buffer = new SendBuffer(10);
        Assert.True(buffer.Written.IsEmpty);
        Assert.True(buffer.TryAppend([1, 2], [3]));
        Assert.True(buffer.TryAppend([], [4]));
        Assert.True(buffer.TryAppend([], []));
        Assert.Equal([1, 2, 3, 4], buffer.Written.ToArray());
    }

    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(10, 0, true)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(11, 0, false)]
    [InlineData(0, 11, false)]
    public void WhatDoesNotFitIsNotTakenInPart(int head, int body, bool fits)
    {
        var buffer = new SendBuffer(10);
        Assert.Equal(fits, buffer.TryAppend(new byte[head], new byte[body]));
        Assert.Equal(fits ? head + body : 0, buffer.Written.Length);
    }

    [Fact]
    public void PiecesThatLieElsewhereAreNotedWithTheirPlaces()
    {
        var buffer = new SendBuffer(10);
        byte[] elsewhere = [7, 8, 9];
        Assert.True(buffer.TryRefer([1, 2], elsewhere, 1, 2));
        Assert.True(buffer.TryAppend([3], [4]));
        Assert.True(buffer.TryRefer([], elsewhere, 0, 1));
        Assert.Equal(7, buffer.TotalBytes);
        Assert.Equal([1, 2, 3, 4], buffer.Written.ToArray());
        Assert.Equal([new(2, elsewhere, 1, 2), new(4, elsewhere, 0, 1)], buffer.Pieces.ToArray());
        Assert.False(buffer.TryRefer(new byte[7], elsewhere, 0, 1));
        buffer.Clear();
        Assert.True(buffer.IsEmpty);
        for (int i = 0; i < SendBuffer.MaxPieces; i++) Assert.True(buffer.TryRefer([], elsewhere, 0, 3));
        Assert.False(buffer.TryRefer([], elsewhere, 0, 3));
    }

    [Fact]
    public void ClearedItHasAllItsRoom()
    {
        var buffer = new SendBuffer(4);
        Assert.True(buffer.TryAppend([1, 2, 3], []));
        Assert.False(buffer.TryAppend([1, 2], []));
        buffer.Clear();
        Assert.True(buffer.Written.IsEmpty);
        Assert.True(buffer.TryAppend([5, 6], [7, 8]));
        Assert.Equal([5, 6, 7, 8], buffer.Written.ToArray());
        Assert.Equal(4, buffer.Scratch.Length);
    }
}
