using System.Globalization;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Takes values of the query of each kind.</summary>
[WsRoute("/list/{name}")]
internal sealed class Lister(
    WsConnection connection,
    string name,
    string word,
    [FromQuery("p")] int page,
    Guid? id,
    string? note,
    string[] tag,
    int[] number,
    DayOfWeek day = DayOfWeek.Friday,
    int size = 10,
    DateTime since = default)
{
    [OnUpgrade]
    public static WsUpgrade Check(string token, Script script)
    {
        script.Journal.Add("asked " + token);
        return token == "no" ? WsUpgrade.Reject(401) : WsUpgrade.Accept();
    }

    [OnOpen]
    public void Opened() => connection.Send(string.Join(
        ' ',
        name,
        word,
        page,
        id?.ToString("N")[..4] ?? "none",
        note ?? "none",
        $"[{string.Join('|', tag)}]",
        $"[{string.Join('|', number)}]",
        day == DayOfWeek.Friday ? "friday" : "another day",
        size,
        since.ToString("s", CultureInfo.InvariantCulture)));
}
