using System.Text.Json.Serialization;
using WsAot;

// The page and its client are embedded in the executable. `dotnet run -- --help` lists the settings.
return await WsServer.RunAsync(WsRoutes.Table, args, static builder => builder.AddFiles("/", typeof(Board).Assembly, "web/"));

/// <summary>The lines on a board. The topic keeps them for a day, so a newcomer gets the whole drawing.</summary>
[JsonRpcClient, WsTopic("drawings/{board}", History = 20_000, HistorySeconds = 86_400, HistoryBytes = 8 * 1024 * 1024)]
internal interface IDrawing
{
    void Drawn(string who, int[] points);

    void Cleared(string who);
}

/// <summary>The people at a board, and where their cursors are. Nobody needs an old position, so the topic keeps nothing.</summary>
[JsonRpcClient, WsTopic("people/{board}", Presence = true)]
internal interface IPeople
{
    void Moved(string who, int x, int y);
}

[WsRoute("/boards/{board}", Json = typeof(BoardJson), Topics = [typeof(IDrawing), typeof(IPeople)])]
internal sealed class Board(WsConnection connection, string board, WsTopic<IDrawing> drawings, WsTopic<IPeople> people)
{
    [OnUpgrade]
    public static WsUpgrade Enter(string board, [FromQuery] string name = "guest") =>
        board.Length > 32 || board.Contains('/') || name.Length is 0 or > 24 ? WsUpgrade.Reject(400) : WsUpgrade.Accept().WithUser(name);

    /// <summary>Draws a line through points: x, y, x, y, and so on, on a board of 1600 by 1200.</summary>
    [JsonRpcMethod]
    public void Draw(int[] points)
    {
        if (points.Length is < 4 or > 400 || points.Length % 2 != 0) throw new JsonRpcException(-32602, "A line has 2 to 200 points.");
        drawings.Of(board).Drawn(connection.User!, points);
    }

    [JsonRpcMethod]
    public void Clear() => drawings.Of(board).Cleared(connection.User!);

    [JsonRpcMethod]
    public void Move(int x, int y) => people.OthersOf(board, connection).Moved(connection.User!, x, y);
}

[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class BoardJson : JsonSerializerContext;
