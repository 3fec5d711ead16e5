using WsAot.Protocol.Handshake;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class Sha1Tests
{
    [Fact]
    public void Every_length_is_hashed_like_the_platform_does()
    {
        byte[] hash = new byte[Sha1.HashLength];
        for (int length = 0; length <= 200; length++)
        {
            byte[] message = Wire.Bytes(length, length);
            Sha1.Hash(message, hash);
            Assert.Equal(System.Security.Cryptography.SHA1.HashData(message), hash);
        }
    }
}
