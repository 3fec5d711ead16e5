using WsAot;

namespace Library;

/// <summary>The routes of this library, for applications to combine with their own.</summary>
public static partial class WsRoutes;

/// <summary>Says where it is from.</summary>
/// <param name="connection">The client.</param>
/// <param name="word">A word of greeting.</param>
[WsRoute("/library/{word}")]
public sealed class Greeting(WsConnection connection, string word)
{
    /// <summary>The client is here.</summary>
    [OnOpen]
    public void Opened() => connection.Send($"{word} from the library");
}
