using WsAot.Transport.Output;

namespace WsAot.Transport.Tests.Output;

public sealed class SendBufferTests
{
    [Fact]
    public void It_gathers_what_fits()
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
    public void What_does_not_fit_is_not_taken_in_part(int head, int body, bool fits)
    {
        var buffer = new SendBuffer(10);
        Assert.Equal(fits, buffer.TryAppend(new byte[head], new byte[body]));
        Assert.Equal(fits ? head + body : 0, buffer.Written.Length);
    }

    [Fact]
    public void Bytes_that_lie_elsewhere_are_referenced_in_their_place()
    {
        var buffer = new SendBuffer(10);
        byte[] elsewhere = [7, 8, 9];
        Assert.True(buffer.TryAppendReference([1, 2], elsewhere, 1, 2));
        Assert.True(buffer.TryAppend([3], [4]));
        Assert.True(buffer.TryAppendReference([], elsewhere, 0, 1));
        Assert.Equal(7, buffer.TotalBytes);
        Assert.Equal([1, 2, 3, 4], buffer.Written.ToArray());
        Assert.Equal([new(2, elsewhere, 1, 2), new(4, elsewhere, 0, 1)], buffer.References.ToArray());
        Assert.False(buffer.TryAppendReference(new byte[7], elsewhere, 0, 1));
        buffer.Clear();
        Assert.True(buffer.IsEmpty);
        for (int i = 0; i < SendBuffer.MaxReferences; i++) Assert.True(buffer.TryAppendReference([], elsewhere, 0, 3));
        Assert.False(buffer.TryAppendReference([], elsewhere, 0, 3));
    }

    [Fact]
    public void A_cleared_buffer_has_all_its_room()
    {
        var buffer = new SendBuffer(4);
        Assert.True(buffer.TryAppend([1, 2, 3], []));
        Assert.False(buffer.TryAppend([1, 2], []));
        buffer.Clear();
        Assert.True(buffer.Written.IsEmpty);
        Assert.True(buffer.TryAppend([5, 6], [7, 8]));
        Assert.Equal([5, 6, 7, 8], buffer.Written.ToArray());
        buffer.Clear();
        Assert.Equal(4, buffer.Scratch.Length);
    }

    [Fact]
    public void The_slices_are_all_bytes_in_their_order()
    {
        var buffer = new SendBuffer(100);
        buffer.TryAppend([1, 2], [3]);
        Assert.Equal([[1, 2, 3]], Slices(buffer));

        byte[] elsewhere = GC.AllocateArray<byte>(3, pinned: true);
        ((ReadOnlySpan<byte>)[7, 8, 9]).CopyTo(elsewhere);
        buffer.TryAppendReference([4], elsewhere, 1, 2);
        buffer.TryAppendReference([], elsewhere, 0, 1);
        Assert.Equal([[1, 2, 3, 4], [8, 9], [7]], Slices(buffer));
        buffer.TryAppend([5], []);
        Assert.Equal([[1, 2, 3, 4], [8, 9], [7], [5]], Slices(buffer));

        buffer.Clear();
        for (int i = 0; i < SendBuffer.MaxReferences; i++) Assert.True(buffer.TryAppendReference([1], elsewhere, 0, 1));
        buffer.TryAppend([1], []);
        Assert.Equal((2 * SendBuffer.MaxReferences) + 1, Slices(buffer).Length);
    }

    private static byte[][] Slices(SendBuffer buffer)
    {
        var slices = new List<byte[]>();
        foreach (OutputSlice slice in buffer.GetSlices()) slices.Add(slice.Bytes.ToArray());
        return [.. slices];
    }
}
