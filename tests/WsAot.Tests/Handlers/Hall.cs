namespace WsAot.Tests.Handlers;

/// <summary>Hears what is for everybody, and what is for one part of the hall.</summary>
[WsRoute("/hall/{part}")]
internal sealed class Hall(WsConnection connection, string part)
{
    public const string Everybody = "everybody";

    [OnOpen]
    public void Entered()
    {
        connection.Subscribe(Everybody);
        connection.Subscribe(part);
    }
}
