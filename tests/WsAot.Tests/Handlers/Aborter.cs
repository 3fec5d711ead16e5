using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Drops its connection, makes others use the loop's buffers, and reads its message after that.</summary>
[WsRoute("/aborter")]
public sealed class Aborter(WsConnection connection, Script script)
{
    [OnBinary]
    public void Got(ReadOnlySpan<byte> bytes)
    {
        connection.Abort();
        foreach (WsConnection other in connection.Server.GetConnections()) other.SendBinary(new byte[4096]);
        script.Journal.Add($"{bytes.Length} bytes, zeros only: {!bytes.ContainsAnyExcept((byte)0)}");
    }
}
