using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.SslStreams;

/// <summary>Ciphertext that the kernel has refused, and reads in the background.</summary>
public sealed class BackgroundSendTests() : ContractTest(SocketDriver.CreateSocketsTls)
{
    [Fact]
    public void What_the_kernel_reads_is_not_given_back_when_the_connection_closes()
    {
        (_, ServedConnection served) = Driver.ConnectAndAccept();
        Fill(served);
        int before = 0;
        int atEnd = -1;
        served.WhenClosed = _ => atEnd = Pool.RentedCount;
        Driver.OnLoop(served, connection =>
        {
            before = Pool.RentedCount;
            connection.Close();
        });
        Driver.Until(() => served.Closings == 1);
        Assert.Equal(before, atEnd);
        Driver.Until(() => Pool.RentedCount == 0);
    }
}
