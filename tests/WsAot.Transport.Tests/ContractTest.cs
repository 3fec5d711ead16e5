using System.Text;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests;

/// <summary>
/// The base of the contracts, each of which states a part of what every transport does: a transport derives from all of them. After each
/// test it checks what always holds: every call came on its loop, every connection closed once and last, every buffer came back once.
/// </summary>
public abstract class ContractTest(Func<TransportOptions, TransportDriver> createDriver) : IDisposable
{
    protected const int MiB = 1024 * 1024;

    private TransportDriver? _driver;

    protected static TransportOptions OneLoop { get; } = new() { Loops = 1, ReceiveBufferBytes = 16 * 1024, SendBufferBytes = 4096 };

    protected TransportDriver Driver => _driver ??= createDriver(OneLoop);

    protected CountingPool Pool => Driver.Pool;

    public void Dispose()
    {
        if (_driver is null) return;
        CheckRules();
        _driver.Dispose();
        Assert.All(_driver.Served, static served => Assert.Equal(1, served.Closings));
        Assert.False(Pool.HasFailed, "A buffer was returned that was not rented, or twice.");
        GC.SuppressFinalize(this);
    }

    protected static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static void Echo(TransportConnection connection, Span<byte> bytes) => connection.Write(bytes, default);

    protected static byte[] Shared(string text) => Encoding.ASCII.GetBytes(text);

    protected void UseLoops(int loops) => _driver = createDriver(new TransportOptions
    {
        Loops = loops,
        ReceiveBufferBytes = OneLoop.ReceiveBufferBytes,
        SendBufferBytes = OneLoop.SendBufferBytes,
    });

    /// <summary>Writes until the kernel refuses.</summary>
    /// <param name="served">The connection.</param>
    /// <param name="whenBlocked">Runs at once, before the kernel can take more.</param>
    /// <returns>The bytes written.</returns>
    protected int Fill(ServedConnection served, Action<TransportConnection>? whenBlocked = null)
    {
        int written = 0;
        byte[] piece = Pattern(MiB);
        Driver.OnLoop(served, connection =>
        {
            while (connection.Write(piece, default) == OutputStatus.Buffered) written += piece.Length;
            written += piece.Length;
            whenBlocked?.Invoke(connection);
        });
        return written;
    }

    private void CheckRules()
    {
        lock (Driver.Gate)
        {
            Assert.All(Driver.Served, static served =>
            {
                Assert.Equal(0, served.WrongThreadCalls);
                Assert.True(served.Closings == 0 || served.Events[^1] == "closed", "A call came after the end.");
            });
        }
    }
}
