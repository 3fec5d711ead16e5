using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

/// <summary>Events that write down that they were called.</summary>
public abstract class FilteredEvents(WsConnection connection, Script script)
{
    [OnOpen]
    public ValueTask Opened()
    {
        script.Journal.Add("open");
        return default;
    }

    [OnText]
    [Note("method")]
    [Label("text")]
    public void Said(ReadOnlySpan<byte> utf8)
    {
        script.Journal.Add("text " + Script.Utf8(utf8));
        _ = script.Filters.Method();
        connection.Send(utf8);
    }

    [OnBinary]
    public async Task Got(ReadOnlyMemory<byte> bytes)
    {
        await script.Filters.Method();
        script.Journal.Add("binary " + bytes.Length);
        connection.SendBinary(bytes);
    }

    [OnPong]
    public void Pong(ReadOnlySpan<byte> bytes) => script.Journal.Add("pong " + bytes.Length);

    [OnClose]
    public void Left(WsClose close) => script.Journal.Add("close " + close.Code);
}
