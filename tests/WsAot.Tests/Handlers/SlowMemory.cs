using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Reads its payload only after the gate.</summary>
[WsRoute("/slow-memory")]
internal sealed class SlowMemory(WsConnection connection, Script script)
{
    [OnBinary]
    public async Task Sent(ReadOnlyMemory<byte> bytes)
    {
        await script.Gate.PassAsync();
        connection.SendBinary(bytes);
    }
}
