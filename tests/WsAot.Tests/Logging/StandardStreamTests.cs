using WsAot.Logging;

namespace WsAot.Tests.Logging;

public sealed class StandardStreamTests
{
    [Fact]
    public void A_standard_stream_can_be_written_and_nothing_else()
    {
        using Stream stream = StandardStream.OpenError();
        Assert.True(stream.CanWrite);
        Assert.False(stream.CanRead || stream.CanSeek);
        stream.Write([], 0, 0);
        stream.Flush();
    }
}
