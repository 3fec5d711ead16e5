using WsAot;

namespace TemplateNamespace.Chatting;

/// <summary>
/// A chat room. Each connection has its own object of this class. It runs on one thread, so it needs no locks. The room comes from the
/// path, the name from the query (<c>/chat/lobby?name=Ann</c>), the other parameters from the server and from Application.cs.
/// </summary>
[WsRoute("/chat/{room}", MaxMessageBytes = 4096)]
internal sealed class Chat(WsConnection connection, string room, ChatSettings settings, string name = "somebody")
{
    // All routes share the topics: the prefix keeps rooms apart from the topics of other routes.
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
