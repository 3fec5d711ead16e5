using System.Buffers.Binary;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Tls;

/// <summary>Asks for what no OpenSSL of today can ask for: a ClientHello that is written byte by byte (RFC 5246 section 7.4.1.2).</summary>
/// <param name="Version">0x0300 for SSL 3.0, 0x0303 for TLS 1.2.</param>
/// <param name="Ciphers">The numbers of the ciphers.</param>
internal sealed record ClientHello(ushort Version, params ushort[] Ciphers)
{
    /// <summary>The methods of compression, the first one wanted most: 0 is none, 1 is DEFLATE.</summary>
    public byte[] Compressions { get; init; } = [0];

    /// <summary>Sends it, and gives what comes back: the alert's number, or the method of compression that the server has chosen.</summary>
    public async Task<(int? Alert, int? Compression)> AskAsync(int port)
    {
        using RawConnection connection = await RawConnection.OpenAsync(port);
        await connection.SendAsync(Encode());
        byte[] header = new byte[5];
        if (!await connection.TryReadExactlyAsync(header)) return (null, null);
        byte[] record = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3))];
        Assert.True(await connection.TryReadExactlyAsync(record));
        // An alert is its level and its number. A ServerHello has its head, a version, a random number, a session and the cipher before it.
        return header[0] == 21 ? (record[1], null) : (null, record[4 + 2 + 32 + 1 + record[38] + 2]);
    }

    private byte[] Encode()
    {
        // Without a name, and with the groups, the points and the signatures that the server takes.
        byte[] extensions =
        [
            0, 10, 0, 6, 0, 4, 0, 29, 0, 23,
            0, 11, 0, 2, 1, 0,
            0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1,
        ];
        byte[] body =
        [
            .. Number(Version), .. new byte[32], 0,
            .. Number(Ciphers.Length * 2), .. Ciphers.SelectMany(static cipher => Number(cipher)),
            (byte)Compressions.Length, .. Compressions,
            .. Number(extensions.Length), .. extensions,
        ];
        return [22, 3, 0, .. Number(body.Length + 4), 1, 0, .. Number(body.Length), .. body];
    }

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];
}
