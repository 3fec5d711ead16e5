namespace WsAot.Testing.Tests.Documentation;

public sealed record User(string Name);

public interface ITokens
{
    Task<User?> FindAsync(string token);
}

[WsRoute("/chat/{room}")]
public sealed class Chat(WsConnection connection, string room, User user, TimeProvider time)
{
    [OnUpgrade]
    public static async Task<WsUpgrade<User>> Enter(WsRequest request, ITokens tokens)
    {
        User? user = request.BearerToken is { } token ? await tokens.FindAsync(token) : null;
        return user is null ? WsUpgrade.Reject(401).WithHeader("WWW-Authenticate", "Bearer") : WsUpgrade.AcceptWith(user);
    }

    [OnOpen] public void Joined() => connection.Subscribe(room);

    [OnText]
    public async Task Said(string text)
    {
        if (text == "/later") await Task.Delay(TimeSpan.FromMinutes(1), time);
        connection.Publish(room, $"{user.Name}: {text}");
    }
}
