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
    /// <param name="begin">The offset at which it subscribed.</param>
    /// <param name="heardTexts">The messages that it has received, by offset.</param>
    /// <param name="told">The gaps that it was told about: after one offset, up to another.</param>
    /// <returns>
    /// The confirmed messages that it does not have and was not told about, and the messages that it has with a wrong number.
    /// </returns>
    public List<string> Compare(long begin, Dictionary<long, string> heardTexts, List<(long After, long Before)> told)
    {
        var faults = new List<string>();
        // A message that was published again must not appear twice.
        foreach (IGrouping<string, long> doubled in heardTexts.GroupBy(static pair => pair.Value, static pair => pair.Key))
        {
            if (doubled.Count() > 1) faults.Add($"'{doubled.Key}' has the offsets {string.Join(", ", doubled)}");
        }

        lock (_confirmed)
        {
            foreach ((long offset, string text) in _confirmed)
            {
                if (offset <= begin) continue;
                if (heardTexts.TryGetValue(offset, out string? heard))
                {
                    if (heard != text) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{offset} is '{heard}', not '{text}'"));
                }
                else if (!told.Exists(gap => offset > gap.After && offset <= gap.Before))
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{offset} is missing"));
                }
            }
        }

        return faults;
    }
}
