using WsAot.TestKit.Buffers;

namespace WsAot.TestKit.Tests.Buffers;

public sealed class PoisoningPoolTests
{
    private readonly PoisoningPool _pool = new();

    [Fact]
    public void What_is_lent_and_what_came_back_is_poisoned()
    {
        byte[] array = _pool.Rent(10);
        Assert.All(array, static one => Assert.Equal(0xCD, one));
        _pool.Return(array);
        Assert.All(array, static one => Assert.Equal(0xDD, one));
        Assert.NotSame(array, _pool.Rent(10));
    }

    [Fact]
    public void What_is_lent_is_counted()
    {
        byte[] array = _pool.Rent(10);
        _pool.Return(_pool.Rent(100));
        Assert.Equal((1, 10L, 110L, 2, 100), (_pool.LentCount, _pool.LentBytes, _pool.PeakBytes, _pool.RentCalls, _pool.LargestRent));
        Assert.Throws<InvalidOperationException>(_pool.VerifyAllReturned);
        _pool.Return(array);
        Assert.Equal((0, 0L), (_pool.LentCount, _pool.LentBytes));
        _pool.VerifyAllReturned();
    }

    [Fact]
    public void A_second_return_is_thrown_and_remembered()
    {
        byte[] array = _pool.Rent(10);
        _pool.Return(array);
        Assert.Null(_pool.FindProblem());
        Assert.Throws<InvalidOperationException>(() => _pool.Return(array));
        Assert.Contains("not rented", _pool.FindProblem(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(_pool.VerifyAllReturned);
    }

    [Fact]
    public void The_return_of_what_was_never_rented_is_thrown_and_remembered()
    {
        Assert.Throws<InvalidOperationException>(() => _pool.Return(new byte[10]));
        Assert.NotNull(_pool.FindProblem());
    }

    [Theory]
    [InlineData(0)]     // while the array is still watched
    [InlineData(100)]   // when it is let go
    public void A_write_after_the_return_is_found(int more)
    {
        byte[] array = _pool.Rent(10);
        _pool.Return(array);
        array[3] = 1;
        for (int i = 0; i < more; i++) _pool.Return(_pool.Rent(10));
        Assert.Contains("written to after", _pool.FindProblem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RentedLength.Exact, 0, 1)]
    [InlineData(RentedLength.Exact, 100, 100)]
    [InlineData(RentedLength.PowerOfTwo, 1, 16)]
    [InlineData(RentedLength.PowerOfTwo, 100, 128)]
    [InlineData(RentedLength.PowerOfTwo, 128, 128)]
    [InlineData(RentedLength.OddlyLonger, 100, 104)]
    [InlineData(RentedLength.OddlyLonger, 103, 110)]
    public void Arrays_are_as_long_as_was_chosen(RentedLength length, int wanted, int expected) =>
        Assert.Equal(expected, new PoisoningPool(length).Rent(wanted).Length);
}
