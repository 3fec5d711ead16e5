using System.Globalization;

namespace WsAot.Soak.Nodes;

/// <summary>The messages of a room that the servers have confirmed, by their offsets. Any thread.</summary>
internal sealed class RoomLedger
{
    private readonly SortedDictionary<long, string> _confirmed = [];

    public int Count
    {
        get
        {
            lock (_confirmed) return _confirmed.Count;
        }
    }

    public void Confirm(long offset, string text)
    {
        lock (_confirmed) _confirmed.Add(offset, text);
    }

    /// <summary>Compares what a client has heard with what was confirmed.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The confirmed messages that it neither has nor was told that they are gone; and what it has under a wrong number.</returns>
    public List<string> Compare(RoomClient client)
    {
        var faults = new List<string>();
        // A message that was tried again is one message.
        foreach (IGrouping<string, long> doubled in client.Heard.GroupBy(static pair => pair.Value, static pair => pair.Key))
        {
            if (doubled.Count() > 1) faults.Add($"'{doubled.Key}' has the offsets {string.Join(", ", doubled)}");
        }

        lock (_confirmed)
        {
            foreach ((long offset, string text) in _confirmed)
            {
                if (offset <= client.Begin) continue;
                if (client.Heard.TryGetValue(offset, out string? heard))
                {
                    if (heard != text) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{offset} is '{heard}', not '{text}'"));
                }
                else if (!client.WasTold(offset))
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{offset} is missing"));
                }
            }
        }

        return faults;
    }
}
