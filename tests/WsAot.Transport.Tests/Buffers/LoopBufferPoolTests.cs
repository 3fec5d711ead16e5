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
    public void A_buffer_is_the_smallest_power_of_two_that_fits(int minimumLength, int length)
    {
        byte[] buffer = _pool.Rent(minimumLength);
        Assert.Equal(length, buffer.Length);
        _pool.Return(buffer);
        Assert.Same(buffer, _pool.Rent(minimumLength));
        Assert.NotSame(buffer, _pool.Rent(minimumLength));
    }

    [Fact]
    public void Every_length_fits_and_comes_back_to_its_own_list()
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
    public void Beyond_a_gibibyte_nothing_is_kept()
    {
        byte[] buffer = _pool.Rent((1 << 30) + 1);
        Assert.Equal((1 << 30) + 1, buffer.Length);
        _pool.Return(buffer);
        Assert.Equal(0, _pool.KeptCount);
    }

    [Fact]
    public void Arrays_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _pool.Return(new byte[300]));
        Assert.Throws<ArgumentException>(() => _pool.Return([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(-1));
    }

    [Fact]
    public void What_was_used_last_is_used_next()
    {
        byte[] first = _pool.Rent(1000);
        byte[] second = _pool.Rent(1000);
        _pool.Return(first);
        _pool.Return(second);
        Assert.Same(second, _pool.Rent(1000));
    }

    [Fact]
    public void Within_two_trims_everything_is_dropped()
    {
        ReturnAll(RentMany(100, 64 * 1024));
        Assert.Equal(0, _pool.Trim());
        Assert.Equal(100, _pool.KeptCount);
        Assert.Equal(100 * 64 * 1024, _pool.Trim());
        Assert.Equal(0, _pool.KeptCount);
        Assert.Equal(0, _pool.Trim());
    }

    [Fact]
    public void Buffers_in_use_are_kept_and_no_others()
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
    public void Each_size_is_trimmed_by_itself()
    {
        ReturnAll(RentMany(10, 1024));
        ReturnAll(RentMany(10, 1 << 20));
        _pool.Trim();
        _pool.Return(_pool.Rent(1024));
        Assert.Equal((9 * 1024) + (10 << 20), _pool.Trim());
        Assert.Equal(1, _pool.KeptCount);
    }

    [Fact]
    public void A_buffer_that_is_rented_while_others_are_dropped_can_be_returned()
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
