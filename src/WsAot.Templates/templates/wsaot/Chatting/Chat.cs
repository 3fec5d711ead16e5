using WsAot;

namespace TemplateNamespace.Chatting;

/// <summary>
/// A chat room. There is one object of this class for each connection; it lives on one thread and needs no locks. The room comes from the
/// path, the name from the query (<c>/chat/lobby?name=Ann</c>), the rest from the server and from Application.cs.
/// </summary>
[WsRoute("/chat/{room}", MaxMessageBytes = 4096)]
internal sealed class Chat(WsConnection connection, string room, ChatSettings settings, string name = "somebody")
{
    // Topics are the server's: the prefix keeps a room's name from being another route's topic.
    private readonly string _topic = "chat/" + room;

    [OnOpen]
    public void Entered()
    {
        connection.Send(settings.Welcome);
        connection.Subscribe(_topic);
        connection.Publish(_topic, $"{name} is here");
    }

    [OnText]
    public void Said(string text) => connection.Publish(_topic, $"{name}: {text}");

    [OnClose]
    public void Left() => connection.Server.Publish(_topic, $"{name} has left");
}
