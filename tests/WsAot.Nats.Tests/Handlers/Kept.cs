using System.Globalization;

namespace WsAot.Nats.Tests.Handlers;

/// <summary>
/// Subscribes from a place on: a client says <c>topic epoch offset</c>, and hears <c>@ recovered epoch offset</c>; or a message to others,
/// <c>!topic text</c>.
/// </summary>
[WsRoute("/kept")]
internal sealed class Kept(WsConnection connection)
{
    [OnText]
    public async Task Said(string text)
    {
        string[] words = text.Split(' ');
        if (text.StartsWith('!'))
        {
            connection.PublishToOthers(words[0][1..], words[1]);
            return;
        }

        if (words.Length == 1)
        {
            connection.Subscribe(text);
            connection.Send("@");
            return;
        }

        var since = new WsTopicPosition(
            long.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
        try
        {
            WsSubscribed subscribed = await connection.SubscribeAsync(words[0], since);
            connection.Send($"@ {subscribed.IsRecovered} {subscribed.Position.Epoch} {subscribed.Position.Offset}");
        }
        catch (WsTopicUnavailableException)
        {
            connection.Send("@ unavailable");
        }
    }
}
