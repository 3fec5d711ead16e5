using System.Buffers;
using WsAot.TestKit.Buffers;

namespace WsAot.Transport.Tests.Driving;

/// <summary>
/// The kit's pool under the names that these tests use. It overwrites a buffer that is returned, so that a test sees if the kernel still
/// reads it or something still uses it.
/// </summary>
public sealed class CountingPool : ArrayPool<byte>
{
    private readonly PoisoningPool _pool = new();

    public int RentedCount => _pool.LentCount;

    public int TotalRented => _pool.RentCalls;

    public bool HasFailed => _pool.FindProblem() is not null;

    public override byte[] Rent(int minimumLength) => _pool.Rent(minimumLength);

    public override void Return(byte[] array, bool clearArray = false) => _pool.Return(array, clearArray);
}
