namespace WsAot.Testing.Tests.Handlers;

/// <summary>Decides about a request when something outside has ended.</summary>
[WsRoute("/gate")]
public sealed class SlowGate(WsConnection connection)
{
    [OnUpgrade]
    public static async Task<WsUpgrade> Decide(Outside? outside = null)
    {
        await outside!.Source.Task;
        return WsUpgrade.Accept();
    }

    [OnOpen] public void Opened() => connection.Send("open");
}
